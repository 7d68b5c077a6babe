"""The page of coverage."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.web.access import needs
from diagnose.web.coverage.blueprint import blueprint


@blueprint.get("/")
@needs(Capability.COVERAGE)
def show() -> ResponseReturnValue:
    """How much of the roster is covered."""
    return render_template("coverage/show.html")
