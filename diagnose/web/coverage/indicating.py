"""The page of the other indicators."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.coverage import figures_of
from diagnose.coverage.counting import tenths
from diagnose.coverage.indicators import visited, work_of_providers
from diagnose.coverage.measures import LEAST, measures
from diagnose.coverage.treatment import TREATMENT
from diagnose.web.access import me, needs
from diagnose.web.coverage.blueprint import blueprint
from diagnose.web.coverage.choosing import choose
from diagnose.web.coverage.naming import providers
from diagnose.web.coverage.words import measure_titles
from diagnose.web.database import records
from diagnose.workflow import MACHINE

OF_PROVIDER = (
    "assigned",
    "accepted",
    "scheduled",
    "on_site",
    "visited",
    "drafting",
    "internal_check",
    "returned",
)


@blueprint.get("/indicators")
@needs(Capability.COVERAGE)
def indicators() -> ResponseReturnValue:
    """Self-assessed and visited firms of those due, and the work of each provider."""
    chosen = choose(records(), me().district, request.args)
    found = figures_of(records(), me().district, chosen.day, chosen.campaign)
    due = found.at.due
    been = visited(records(), found.panel, chosen.day) & due
    clocks = {name: MACHINE.states[name].days or 0 for name in OF_PROVIDER}
    return render_template(
        "coverage/indicators.html",
        chosen=chosen,
        due=int(due.sum()),
        assessed=int((found.at.assessed & due).sum()),
        visited=int(been.sum()),
        measures=measures(records(), found),
        level=TREATMENT.transformed_level,
        least=LEAST,
        titles=measure_titles(),
        works=work_of_providers(records(), me().district, chosen.day, clocks),
        names=providers(records()),
        tenths=tenths,
    )
