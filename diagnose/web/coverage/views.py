"""The page of coverage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import select

from diagnose.access import Capability
from diagnose.coverage import Tally, count_coverage, list_exclusions
from diagnose.reading import standard
from diagnose.records import Provider
from diagnose.roster.searching import NOT_GIVEN
from diagnose.roster.standing import NEVER
from diagnose.web.access import me, needs
from diagnose.web.coverage.blueprint import blueprint
from diagnose.web.database import records
from diagnose.web.judging import size_name
from diagnose.web.languages import told
from diagnose.workflow import MACHINE
from models.firms import industry_name
from questionnaires.clock import today


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a table: its name, its numbers, and the search that lists its firms."""

    title: str
    tally: Tally
    search: dict[str, str]


@blueprint.get("/")
@needs(Capability.COVERAGE)
def show() -> ResponseReturnValue:
    """How much of the roster is covered today, by what, and what is still under way."""
    found = count_coverage(records(), me().district, today())
    providers = {
        str(number): name for number, name in records().exec(select(Provider.id, Provider.name))
    }
    tables = {
        name: [_part(name, tally, providers) for tally in tallies]
        for name, tallies in found.by.items()
    }
    return render_template(
        "coverage/show.html",
        coverage=found,
        exclusions=list_exclusions(records(), me().district, found.day),
        tables=tables,
        titles=_titles(),
        heads=_heads(),
        funnel=[(state, found.states.get(state, 0)) for state in (NEVER, *MACHINE.states)],
        levels=[(number, found.levels.get(number, 0)) for number in _levels()],
        judged=sum(count for level, count in found.levels.items() if level is not None),
    )


def _titles() -> dict[str, str]:
    return {
        "region": _("By street or park"),
        "division": _("By industry"),
        "size": _("By size"),
        "provider": _("By provider"),
    }


def _heads() -> dict[str, str]:
    return {
        "region": _("Street or park"),
        "division": _("Industry"),
        "size": _("Size"),
        "provider": _("Provider"),
    }


def _levels() -> Sequence[int]:
    return range(len(standard().level_names))


def _part(by: str, tally: Tally, providers: dict[str, str]) -> Part:
    key = tally.key
    names: dict[str, Callable[[], str]] = {
        "region": lambda: key or _("Street not given"),
        "division": lambda: told(industry_name(key)),
        "size": lambda: told(size_name(int(key))),
        "provider": lambda: providers.get(key, _("Not assigned yet")),
    }
    return Part(names[by](), tally, {by: key or NOT_GIVEN})
