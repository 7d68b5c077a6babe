"""What the firm itself says it needs: its own answers and what it asked for on the visit."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.text import Text
from reports.dossier.case import Case
from reports.dossier.model.front import Fact
from reports.dossier.model.visit import Needs
from reports.dossier.visited import Visited
from reports.dossier.wording import plain
from reports.phrases import Phrasebook

say = Phrasebook("visit")

ASKED = ("pains", "wish", "services", "budget_per_year", "concerns", "demo_site")


def tell_needs(case: Case, visited: Visited) -> Needs:
    """The needs in the firm's words; goals are left to be agreed, never made up."""
    answers = tuple(_answers(case, visited))
    spoken = tuple(
        Fact(
            say("needs.spoken"),
            plain(visit.wishes),
            say("needs.recorded", day=visit.day.isoformat()),
        )
        for visit in visited.visits
        if visit.wishes
    )
    lead = say("needs.lead" if answers else "needs.none")
    return Needs((lead,), (*answers, *spoken), _goals(case))


def _answers(case: Case, visited: Visited) -> Iterator[Fact]:
    for question in ASKED:
        if case.has(question):
            checked = say("needs.checked") if question in visited.checks else None
            yield Fact(say(f"needs.{question}"), case.answer(question), checked)


def _goals(case: Case) -> Text:
    name = case.reference.standard.level_name
    if case.next_level is None:
        return say("needs.goals_top", level=name(case.level))
    return say("needs.goals", level=name(case.target))
