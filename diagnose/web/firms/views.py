"""The firm's home: where things stand, and what is next."""

from __future__ import annotations

from flask import render_template

from diagnose.access import Capability
from diagnose.needs.states import STATE_TITLES
from diagnose.records import Firm
from diagnose.retrofits import LIFE
from diagnose.web.access import find, me, needs
from diagnose.web.database import records
from diagnose.web.firms.blueprint import blueprint
from diagnose.web.firms.nextstep import next_steps
from diagnose.web.firms.standing import stand
from diagnose.web.firms.waiting import waits
from questionnaires.clock import today


@blueprint.get("/")
@needs(Capability.FILL)
def home() -> str:
    """Where things stand, and what is next."""
    standing = stand(records(), find(Firm, me().firm_id or 0))
    day = today()
    step, also = next_steps(standing, waits(records(), standing, day))
    return render_template(
        "firms/home.html",
        standing=standing,
        step=step,
        also=also,
        today=day,
        census=STATE_TITLES[standing.census],
        stages=LIFE.stages,
    )
