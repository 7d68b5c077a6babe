"""Placing diagnoses with providers: pure, deterministic, conflicts named instead of hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from questionnaires.text import Text

FULL = Text(
    "{name}在手 {held} 项，已到上限 {load} 项。",
    "{name} holds {held} diagnoses; its limit is {load}.",
)
INTERESTED = Text("{name}与该企业有利益关系。", "{name} has an interest in this firm.")
ENDED = Text("{name}的资格已过期。", "The admission of {name} has ended.")
NO_RULE = Text("没有为这一类指定机构。", "No provider is named for this kind.")
NOBODY = Text(
    "没有可用的机构：都已满额、过期或与该企业有利益关系。",
    "No provider is free: all are full, ended, or have an interest in this firm.",
)


@dataclass(frozen=True, slots=True)
class Room:
    """A provider and how many more diagnoses it can take."""

    provider_id: int
    name: str
    load: int
    held: int
    admitted: bool = True

    @property
    def free(self) -> int:
        """How many more it can take."""
        return max(self.load - self.held, 0)


@dataclass(frozen=True, slots=True)
class Wish:
    """A diagnosis to be placed; `key` is what rules go by, `held_by` who has it now."""

    diagnosis_id: int
    firm_id: int
    key: str = ""
    held_by: int | None = None


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a diagnosis goes, or why it goes nowhere."""

    wish: Wish
    provider_id: int | None
    problem: Text | None = None


Choice = Callable[[Wish], Sequence[int]]
"""The providers that come into question for a diagnosis."""


def place(
    wishes: Iterable[Wish], rooms: Sequence[Room], interests: frozenset[tuple[int, int]],
    choice: Choice,
) -> list[Placing]:  # fmt: skip
    """Place each diagnosis with whoever has most room among its choice; ties go to the first.

    `interests` holds (provider, firm). The order of `wishes` and `rooms` decides alone, so the same
    question has the same answer.
    """
    known = {room.provider_id: room for room in rooms}
    taken = dict.fromkeys(known, 0)
    placed = []
    for wish in wishes:
        candidates = [known[number] for number in choice(wish) if number in known]
        problems = [_problem(room, taken[room.provider_id], wish, interests) for room in candidates]
        fit = [r for r, problem in zip(candidates, problems, strict=True) if problem is None]
        if not fit:
            placed.append(Placing(wish, None, _said(problems)))
            continue
        best = max(fit, key=lambda room: room.free - taken[room.provider_id])
        if best.provider_id != wish.held_by:
            taken[best.provider_id] += 1
        placed.append(Placing(wish, best.provider_id))
    return placed


def told_apart(placings: Iterable[Placing]) -> str:
    """One word for where everything goes, so that what was previewed is what is done."""
    said = ";".join(f"{placed.wish.diagnosis_id}>{placed.provider_id}" for placed in placings)
    return sha256(said.encode()).hexdigest()


def _said(problems: Sequence[Text | None]) -> Text:
    if not problems:
        return NO_RULE
    return (problems[0] if len(problems) == 1 else None) or NOBODY


def _problem(
    room: Room, taken: int, wish: Wish, interests: frozenset[tuple[int, int]]
) -> Text | None:
    if not room.admitted:
        return ENDED.format(name=room.name)
    if (room.provider_id, wish.firm_id) in interests:
        return INTERESTED.format(name=room.name)
    if room.provider_id != wish.held_by and taken >= room.free:
        return FULL.format(name=room.name, held=room.held + taken, load=room.load)
    return None
