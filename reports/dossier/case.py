"""One firm as the sections see it: answers in words, points, levels, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.peers import Group, nearest
from models.roadmap.results import Roadmap
from models.scoring.results import Explanation, ItemResult, NextLevel
from questionnaires.model import Question
from questionnaires.sheets import State
from questionnaires.text import Text
from reports.dossier.batch import Batch
from reports.dossier.reference import Reference
from reports.dossier.visited import Consulted, Visited
from reports.dossier.wording import joined, number, plain
from reports.phrases import Phrasebook

say = Phrasebook("findings")
COMMA = say("list.comma")
SEMICOLON = say("list.semicolon")
NONE = say("value.none")
FEW = 0.6  # share of answers below which a sheet is sparse
NEAREST = 10  # firms whose mean may be shown without showing any one of them
_STATES = tuple(State)


def listed(labels: Iterable[Text]) -> Text:
    """Labels in a list, parted by semicolons where one holds a comma itself."""
    labels = tuple(labels)
    holds = any({"，", "、", ","} & {*label.zh, *label.en} for label in labels)
    return joined(labels, SEMICOLON if holds else COMMA)


class Case:
    """Row `row` of a batch, on the day of its report."""

    def __init__(self, reference: Reference, batch: Batch, row: int, day: date) -> None:
        self.reference = reference
        self.batch = batch
        self.row = row
        self.day = day
        self.scores = batch.scores
        self.score = float(batch.scores.score[row])
        self.level = int(batch.scores.level[row])
        self.answered = int(batch.scores.answered[row])
        self.of = batch.scores.of
        self.could_add = float(batch.scores.could_add[row])
        self._states: list[int] = batch.sheets.states[row].tolist()
        self.explanation: Explanation = reference.scorer.explain(batch.sheets, row)

    @property
    def visited(self) -> Visited | None:
        """What consultants bring; None for a self-assessment."""
        return self.batch.visited

    def by(self, path: str, question: str = "") -> str:
        """The path of a phrase that reads otherwise once answers were verified on site.

        A phrase on one question does so only where that one was verified.
        """
        if self.visited is None or (question and question not in self.visited.checks):
            return path
        return f"{path}_verified"

    def consulted(self, project: str) -> Consulted | None:
        """A project of the plan as the consultants keep it; None in an automatic plan."""
        return None if self.visited is None else self.visited.projects.get(project)

    @property
    def sparse(self) -> bool:
        """Whether so little is answered that points are only a lower bound."""
        return self.answered < FEW * self.of

    @property
    def next_level(self) -> NextLevel | None:
        """What reaches the next level; None at the top."""
        return self.explanation.next_level

    @property
    def target(self) -> int:
        """The level aimed at: the next one, or the top where it is reached."""
        levels = self.reference.standard.levels
        return self.next_level.number if self.next_level else levels[-1].number

    @property
    def roadmap(self) -> Roadmap | None:
        """The firm's roadmap; None where the diagnosis did not go that far."""
        return None if self.batch.roadmaps is None else self.batch.roadmaps[self.row]

    @cached_property
    def group(self) -> Group | None:
        """The firm's peer group, None where there is none."""
        membership = self.batch.membership
        return None if membership is None else self._group(membership.group)

    @cached_property
    def second(self) -> Group | None:
        """The runner-up group."""
        membership = self.batch.membership
        return None if membership is None else self._group(membership.second)

    @cached_property
    def nearest(self) -> NDArray[np.intp] | None:
        """The rows of the firms most like this one, where it has no group; None if too few."""
        traits = self.batch.traits
        if self.group is not None or traits is None or not self.answered:
            return None
        rows = nearest(traits, self.row, NEAREST) if len(traits) > NEAREST else None
        return None if rows is None or len(rows) < NEAREST else rows

    @property
    def between(self) -> bool:
        """Whether the firm lies between its group and the runner-up."""
        return self.batch.membership is not None and bool(self.batch.membership.between[self.row])

    @property
    def circle(self) -> Text | None:
        """The circle its ranks come from; None where they are suppressed or not taken."""
        standing = self.batch.standing
        if standing is None or standing.suppressed[self.row]:
            return None
        return say(f"peers.circles.{standing.circles[int(standing.circle[self.row])]}")

    def _group(self, groups: NDArray[np.int16]) -> Group | None:
        grouping = self.reference.grouping
        if grouping is None or groups[self.row] < 0:
            return None
        return grouping.groups[int(groups[self.row])]

    @cached_property
    def item_results(self) -> dict[str, ItemResult]:
        """Question id → why it scores as it does."""
        return {item.question: item for item in self.explanation.items}

    @cached_property
    def scene_levels(self) -> dict[str, int | None]:
        """Question id → the scene's level, None where it is not answered."""
        return dict(self.explanation.scenes)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The judged questions that are not answered."""
        return tuple(id_ for id_ in self.reference.judged if not self.judged(id_))

    def judged(self, question: str) -> bool:
        """Whether a judged question counts: answered, or decided by its counts."""
        return bool(self.held(question))

    def has(self, question: str) -> bool:
        """Whether the question is in the questionnaire and answered."""
        return self.state(question) == State.ANSWERED

    def state(self, question: str) -> State:
        """The state of the firm's answer; a question not asked is off route."""
        at = self.reference.questionnaire.index.get(question)
        return State.OFF_ROUTE if at is None else _STATES[self._states[at]]

    def value(self, question: str) -> Any:
        """The answer as it stands in its column."""
        return self.batch.sheets.column(question)[self.row]

    def figure(self, question: str) -> float | None:
        """A number the firm gave, None where it gave none."""
        return float(self.value(question)) if self.has(question) else None

    def counts(self, question: str) -> tuple[float, float] | None:
        """(part, whole) where the question's band is decided by two counts."""
        rate = self.reference.items[question].rate if self._counted(question) else None
        if rate is None:
            return None
        return float(self.value(rate.numerator)), float(self.value(rate.denominator))

    def option(self, question: str) -> str:
        """The option of a single choice that counts, '' where there is none."""
        return next(iter(self.held(question)), "")

    def held(self, question: str) -> tuple[str, ...]:
        """The options that count: as chosen, or as the counts decide."""
        counted = self._counted(question)
        return (counted,) if counted else self.chosen(question)

    def _counted(self, question: str) -> str:
        result = self.item_results.get(question)
        return result.counted if result else ""

    def chosen(self, question: str) -> tuple[str, ...]:
        """The ids of the chosen options."""
        if not self.has(question):
            return ()
        asked, value = self.reference.questionnaire[question], int(self.value(question))
        if asked.kind == "multi":
            return tuple(o.id for at, o in enumerate(asked.options) if value >> at & 1)
        return (asked.options[value].id,)

    def answer(self, question: str) -> Text:
        """The answer in words, a dash where there is none."""
        if not self.has(question):
            return NONE
        asked = self.reference.questionnaire[question]
        return _SPEAKERS.get(asked.kind, _number)(self, asked)

    def reason(self, question: str) -> str:
        """Why the question does not apply, as the firm gave it ('' none)."""
        at = self.reference.questionnaire.index[question]
        return self.batch.sheets.reasons.get((self.row, at), "")

    def label(self, question: str, option: str) -> Text:
        """The label of one option."""
        asked = self.reference.questionnaire[question]
        return asked.options[asked.option_index[option]].label


def _single(case: Case, asked: Question) -> Text:
    return asked.options[int(case.value(asked.id))].label


def _multi(case: Case, asked: Question) -> Text:
    return listed(case.label(asked.id, option) for option in case.chosen(asked.id))


def _yesno(case: Case, asked: Question) -> Text:
    return say("value.yes" if int(case.value(asked.id)) else "value.no")


def _text(case: Case, asked: Question) -> Text:
    return plain(case.value(asked.id))


def _date(case: Case, asked: Question) -> Text:
    return plain(date.fromordinal(int(case.value(asked.id))).isoformat())


def _number(case: Case, asked: Question) -> Text:
    value = number(float(case.value(asked.id)))
    if asked.kind == "percentage":
        return say("value.percent", value=value)
    return say("value.unit", value=value, unit=asked.unit) if asked.unit else plain(value)


_SPEAKERS = {
    "single": _single,
    "multi": _multi,
    "yesno": _yesno,
    "text": _text,
    "date": _date,
}
