"""A standard as data: a weighted view over the questions of a questionnaire.

Numbers are exact (`Fraction`), and every one says where it comes from and how sure it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from questionnaires.text import Text


class Mark(StrEnum):
    """How sure a number is."""

    CONFIRMED = "confirmed"  # read in an official text
    REPORTED = "reported"  # seen with third parties, not in the official text
    REMEMBERED = "remembered"  # background knowledge, no source read
    DERIVED = "derived"  # our own derivation or proposal


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number comes from (`text`) and how sure it is (`mark`)."""

    text: Text
    mark: Mark


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of two counted questions whose band decides a choice: numerator ÷ denominator.

    `upto` are the upper bounds of the bands (inclusive), one fewer than the options; the bands
    stand in the order in which the item's `points` list the options.
    """

    numerator: str
    denominator: str
    upto: tuple[Fraction, ...]
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One scored question. `rule` names an entry of `models.scoring.rules.RULES`.

    `points` maps option id → points; an answer's points are the chosen option's ("choice") or
    the chosen options' sum ("sum"). `full` is the most the item can give.
    """

    question: str
    title: Text
    rule: str
    points: Mapping[str, Fraction]
    full: Fraction
    source: Source
    rate: Rate | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A scored part (维度) of a standard, e.g. foundation, 50 points."""

    id: str
    title: Text
    items: tuple[Item, ...]
    source: Source | None = None

    @property
    def full(self) -> Fraction:
        """The most the part can give."""
        return sum((item.full for item in self.items), Fraction(0))


@dataclass(frozen=True, slots=True)
class Scene:
    """A business scene (场景) judged by its own level 0…4, outside the points.

    The question's option ids are the levels. `binding` scenes (约束性) are counted twice over by
    the level rule; `chain` is its 环节.
    """

    question: str
    title: Text
    binding: bool
    chain: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """What level `number` takes: points, scenes at that level or above, binding ones of them.

    The score must reach `score`, or go beyond it where `beyond` is true.
    """

    number: int
    name: Text
    score: Fraction
    scenes: int
    binding: int
    source: Source | None = None
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Feature:
    """A trait for grouping: the mean fraction of full points over `questions`."""

    id: str
    title: Text
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """A published standard version. `level_rule` names an entry of `models.scoring.levels.RULES`.

    `levels` ascend from 1; level 0 (`no_level`) is what remains. `chains` names the scene links.
    """

    id: str
    version: str
    title: Text
    questionnaire: str
    parts: tuple[Part, ...]
    scenes: tuple[Scene, ...]
    chains: Mapping[str, Text]
    level_rule: str
    levels: tuple[Level, ...]
    no_level: Text
    features: tuple[Feature, ...]
    sources: Mapping[str, Source]
    hash: str

    @property
    def items(self) -> tuple[Item, ...]:
        """All scored items, part by part."""
        return tuple(item for part in self.parts for item in part.items)

    @property
    def level_names(self) -> tuple[Text, ...]:
        """The names of the levels by number; 0 is no level."""
        return (self.no_level, *(level.name for level in self.levels))

    def level_name(self, number: int) -> Text:
        """The name of level `number`; 0 is no level."""
        return self.level_names[number]
