"""What stands between the firm and the next level."""

from __future__ import annotations

from collections.abc import Sequence

from models.scoring.results import Need, NextLevel, Step
from questionnaires.text import Text
from reports.dossier.case import Case, listed
from reports.dossier.model.findings import Gaps, NeedRow, Way, WayStep
from reports.dossier.wording import sentences
from reports.phrases import Phrasebook
from reports.points import missing

say = Phrasebook("findings")

OUTCOMES = ("results", "funding")  # a part and a question that follow from other work


def tell_gaps(case: Case) -> Gaps:
    """Conditions and shortest ways; at the top level a sentence instead."""
    following = case.next_level
    if following is None:
        return Gaps((say(case.by("gaps.lead_top")),), None, None, (), (), None)
    name = case.reference.standard.level_name(following.number)
    lead = [say("gaps.lead", level=name)]
    if case.missing:
        lead.append(say("gaps.lead_unanswered", count=len(case.missing)))
    chosen = ordered_ways(case)
    ways = tuple(_way(case, at, steps) for at, steps in enumerate(chosen, 1))
    return Gaps(
        lead=tuple(lead),
        target=following.number,
        target_name=name,
        needs=tuple(_need(following, need) for need in following.needs),
        ways=ways,
        ways_note=_ways_note(case, chosen),
    )


def ordered_ways(case: Case) -> list[tuple[Step, ...]]:
    """The ways to the next level, those that the firm can arrange by itself first."""
    if case.next_level is None or case.sparse:
        return []
    return sorted(case.next_level.ways, key=lambda way: sum(_outcome(case, step) for step in way))


def _outcome(case: Case, step: Step) -> bool:
    """Whether a step is a result or a spending share, which nobody can simply arrange."""
    part = case.reference.parts.get(step.question)
    return step.question in OUTCOMES or (part is not None and part.id in OUTCOMES)


def _ways_note(case: Case, ways: list[tuple[Step, ...]]) -> Text:
    if not ways:
        return say("gaps.few" if case.sparse else "gaps.no_ways")
    if any(_outcome(case, step) for way in ways for step in way):
        return sentences(say("gaps.ways_note"), say("gaps.ways_results"))
    return say("gaps.ways_note")


def _need(following: NextLevel, need: Need) -> NeedRow:
    kind = "score" if need.kind == "score" else "scenes"
    if need.short:
        text = say(f"gaps.need.short_{kind}", short=missing(need.short))
    else:
        text = say("gaps.need.met")
    title = say(f"gaps.need.{need.kind}", level=following.number)
    return NeedRow(need.kind, title, need.have, need.required, round(need.short, 6), text)


def _way(case: Case, at: int, steps: Sequence[Step]) -> Way:
    told = way_steps(case, steps)
    title = say("gaps.way_one" if len(told) == 1 else "gaps.way", number=at, count=len(told))
    return Way(title, told)


def way_steps(case: Case, steps: Sequence[Step]) -> tuple[WayStep, ...]:
    """The steps of a way, one row a question."""
    by_question: dict[str, list[Step]] = {}
    for step in steps:
        by_question.setdefault(step.question, []).append(step)
    return tuple(_row(case, question, taken) for question, taken in by_question.items())


def _row(case: Case, question: str, taken: Sequence[Step]) -> WayStep:
    title, gain = case.reference.titles[question], sum(step.gain for step in taken)
    if case.reference.questionnaire[question].kind == "multi":
        labels = listed(case.label(question, step.to) for step in taken)
        return WayStep(question, title, say("gaps.not_chosen"), say("gaps.add", label=labels), gain)
    return WayStep(
        question, title, before(case, question), rung(case, question, taken[-1].to), gain
    )


def before(case: Case, question: str) -> Text:
    """The rung a choice question stands on now."""
    option = case.option(question)
    return rung(case, question, option) if option else say(f"state.{_state(case, question)}")


def rung(case: Case, question: str, option: str) -> Text:
    """A rung of a choice question, with its level where it is a scene's."""
    label = case.label(question, option)
    if question in case.reference.scenes:
        return say("value.level_meaning", level=option, meaning=label)
    return label


def _state(case: Case, question: str) -> str:
    return case.state(question).name.lower()
