"""`when:` conditions: whether a question is on a firm's route, decided from earlier answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Is:
    """Holds where the choice question is answered with at least one of `options`."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Holds where the number question is answered with `minimum` or more."""

    question: str
    minimum: float


@dataclass(frozen=True, slots=True)
class All:
    """Holds where all parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds where at least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where the part does not."""

    part: Condition


Condition = Is | AtLeast | All | AnyOf | Not
