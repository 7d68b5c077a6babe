"""How far a sheet is: by section, in all, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.model import Question, Section
from questionnaires.progress import progress
from questionnaires.sheets import Sheets, State


@dataclass(frozen=True, slots=True)
class SectionState:
    """How one section stands. `done` counts answers and states given, `of` the questions asked."""

    section: Section
    number: int
    done: int
    of: int
    missing: tuple[tuple[int, Question], ...]

    @property
    def standing(self) -> str:
        """“empty”, “begun” or “done”; where no question is required, all are to be answered."""
        if self.done == 0:
            return "empty"
        asked = any(question.required for question in self.section.questions)
        return "done" if not self.missing and (asked or self.done == self.of) else "begun"


@dataclass(frozen=True, slots=True)
class Overview:
    """How a whole sheet stands: `settled` of `of` required questions, and section by section."""

    settled: int
    of: int
    sections: tuple[SectionState, ...]

    @property
    def missing(self) -> int:
        """How many required questions nothing was said to."""
        return sum(len(section.missing) for section in self.sections)

    @property
    def first_open(self) -> Section:
        """The first section with something missing, else the first of all."""
        return next((s.section for s in self.sections if s.missing), self.sections[0].section)


def overlook(sheets: Sheets) -> Overview:
    """The overview of a one-row sheet."""
    found = progress(sheets)
    return Overview(
        settled=int(found.settled[0]),
        of=int(found.of[0]),
        sections=tuple(
            _section(sheets, section, number)
            for number, section in enumerate(sheets.questionnaire.sections, 1)
        ),
    )


def _section(sheets: Sheets, section: Section, number: int) -> SectionState:
    index = sheets.questionnaire.index
    asked = [(index[q.id], q) for q in section.questions]
    states = {at: State(sheets.states[0, at]) for at, _question in asked}
    on_route = [(at, q) for at, q in asked if states[at] != State.OFF_ROUTE]
    open_ = [(at, q) for at, q in on_route if states[at] == State.UNANSWERED]
    return SectionState(
        section=section,
        number=number,
        done=len(on_route) - len(open_),
        of=len(on_route),
        missing=tuple((at + 1, q) for at, q in open_ if q.required),
    )
