"""The firm's home: where things stand, and what is next."""

from __future__ import annotations

from flask import render_template

from diagnose.access import Capability
from diagnose.records import Firm
from diagnose.retrofits import LIFE
from diagnose.web.access import find, me, needs
from diagnose.web.database import records
from diagnose.web.firms.blueprint import blueprint
from diagnose.web.firms.nextstep import next_step
from diagnose.web.firms.standing import stand


@blueprint.get("/")
@needs(Capability.FILL)
def home() -> str:
    """Where things stand, and what is next."""
    standing = stand(records(), find(Firm, me().firm_id or 0))
    return render_template(
        "firms/home.html",
        standing=standing,
        step=next_step(standing),
        stages=LIFE.stages,
    )
