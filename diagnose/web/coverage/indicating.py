"""The page of the other indicators."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlmodel import col

from diagnose.access import Capability
from diagnose.coverage import figures_of
from diagnose.coverage.counting import tenths
from diagnose.coverage.indicators import visited, work_of_providers
from diagnose.coverage.measures import LEAST, measures
from diagnose.coverage.treatment import TREATMENT
from diagnose.records import Firm
from diagnose.web.access import me, needs
from diagnose.web.coverage.blueprint import blueprint
from diagnose.web.coverage.choosing import choose
from diagnose.web.coverage.naming import providers
from diagnose.web.coverage.words import measure_titles
from diagnose.web.database import records
from diagnose.workflow.promptness import kept_clocks


@blueprint.get("/indicators")
@needs(Capability.COVERAGE)
def indicators() -> ResponseReturnValue:
    """Self-assessed and visited firms of those due, and the work of each provider."""
    chosen = choose(records(), me().district, request.args)
    found = figures_of(records(), me().district, chosen.day, chosen.campaign)
    due = found.at.due
    been = visited(records(), found.panel, chosen.day) & due
    steps = kept_clocks(records(), col(Firm.district) == me().district, chosen.day)
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
        works=work_of_providers(records(), me().district, chosen.day, steps),
        names=providers(records()),
        tenths=tenths,
    )
