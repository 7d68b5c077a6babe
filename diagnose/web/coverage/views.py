"""The page of coverage, for any day and campaign."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.campaigns.lights import rules
from diagnose.coverage import BY, Coverage, Tally, count_coverage, panel_of
from diagnose.coverage.counting import tag_names
from diagnose.coverage.curve import forecast
from diagnose.coverage.treatment import TREATMENT
from diagnose.reading import standard
from diagnose.roster.standing import NEVER
from diagnose.roster.words import GROUNDS
from diagnose.web.access import me, needs
from diagnose.web.coverage import lagging
from diagnose.web.coverage.blueprint import blueprint
from diagnose.web.coverage.choosing import choose
from diagnose.web.coverage.drawing import drawn_curve
from diagnose.web.coverage.naming import firm_names, providers
from diagnose.web.coverage.words import heads, part_name, titles
from diagnose.web.database import records
from diagnose.workflow import MACHINE
from questionnaires.clock import today


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a table: its name and its numbers."""

    title: str
    tally: Tally


@blueprint.get("/")
@needs(Capability.COVERAGE)
def show() -> ResponseReturnValue:
    """How much is covered on a day: the three figures, their parts, and the way there."""
    district = me().district
    chosen = choose(records(), district, request.args)
    found = count_coverage(records(), district, chosen.day, chosen.campaign)
    panel = panel_of(records(), district)
    curve = drawn_curve(records(), panel, chosen)
    return render_template(
        "coverage/show.html",
        coverage=found,
        chosen=chosen,
        today=today(),
        tables=_tables(found),
        titles=titles(),
        heads=heads(),
        funnel=[(state, found.states.get(state, 0)) for state in (NEVER, *MACHINE.states)],
        levels=[(number, found.levels.get(number, 0)) for number in _levels()],
        judged=sum(count for level, count in found.levels.items() if level is not None),
        grounds=_grounds(found),
        curve=curve,
        forecast=forecast(panel, chosen.day),
        units=lagging.units(records(), chosen, found),
        names=firm_names(records(), [each.oldest[0] for each in found.streets if each.oldest]),
        rules=TREATMENT,
        lights=rules(),
    )


def _tables(found: Coverage) -> dict[str, list[Part]]:
    houses, tags = providers(records()), tag_names(records(), found.district)
    names = {by: houses if by == "provider" else tags for by in BY}
    return {
        by: [Part(part_name(by, tally.code, names[by]), tally) for tally in found.by[by]]
        for by in BY
        if len(found.by[by]) > 1 or any(tally.key for tally in found.by[by])
    }


def _levels() -> range:
    return range(len(standard().level_names))


def _grounds(found: Coverage) -> list[tuple[int, object, int]]:
    return [
        (int(ground), GROUNDS[int(ground)], count)
        for ground, count in found.grounds.items()
        if count
    ]
