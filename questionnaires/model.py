"""The loaded questionnaire: deeply immutable, its indices built once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from questionnaires.conditions import Condition
from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice question; `excludes` marks the option that bars all others (无)."""

    id: str
    label: Text
    help: Text | None = None
    excludes: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """Two counts asked before, `part` of `whole`, from whose share an answer follows.

    `upto` bounds the options of a choice: the first takes shares up to the first bound, the last
    all above. A percentage takes the share itself.
    """

    part: str
    whole: str
    upto: tuple[Fraction, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question: what is asked, of whom, and what proves the answer.

    `kind` names an entry of `questionnaires.kinds.KINDS`. `minimum` and `maximum` bound numbers;
    `length` bounds the characters of a text. `when` is the condition under which the question is
    on the route (None: always). `sensitive` marks answers that name security weaknesses. `rate`
    names the counts from which the answer follows.
    """

    id: str
    kind: str
    label: Text
    help: Text | None = None
    evidence: Text | None = None
    options: tuple[Option, ...] = ()
    unit: Text | None = None
    minimum: float | None = None
    maximum: float | None = None
    length: int | None = None
    required: bool = True
    may_not_apply: bool = False
    sensitive: bool = False
    when: Condition | None = None
    rate: Rate | None = None

    @cached_property
    def option_index(self) -> Mapping[str, int]:
        """Option id → its position."""
        return MappingProxyType({option.id: at for at, option in enumerate(self.options)})


@dataclass(frozen=True, slots=True)
class Section:
    """A titled run of questions that are filled in together."""

    id: str
    title: Text
    questions: tuple[Question, ...]
    intro: Text | None = None


@dataclass(frozen=True)
class Questionnaire:
    """A published questionnaire version; `hash` is the SHA-256 of its content."""

    id: str
    version: str
    title: Text
    sections: tuple[Section, ...]
    hash: str
    about: Text | None = None
    source: str = field(default="")

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in their order."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Question id → its position in `questions`."""
        return MappingProxyType({question.id: at for at, question in enumerate(self.questions)})

    def __getitem__(self, question_id: str) -> Question:
        return self.questions[self.index[question_id]]
