"""The firm's home: where things stand, and what is next."""

from __future__ import annotations

from flask import render_template

from diagnose.access import Capability
from diagnose.records import Firm
from diagnose.web.access import find, me, needs
from diagnose.web.firms.blueprint import blueprint


@blueprint.get("/")
@needs(Capability.FILL)
def home() -> str:
    """Where things stand, and what is next."""
    return render_template("firms/home.html", firm=find(Firm, me().firm_id or 0))
