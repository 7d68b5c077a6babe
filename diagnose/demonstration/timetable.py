"""When each diagnosis of the fictional district took which step, so that all ends today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from diagnose.workflow import MACHINE

TAKEN_ON = ("assign", "accept", "schedule")
WRITTEN = (*TAKEN_ON, "check_in", "finish_visit", "draft", "submit_inside")
SENT = (*WRITTEN, "send")

PATHS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "to_assign": (),
        "assigned": TAKEN_ON[:1],
        "declined": (*TAKEN_ON[:1], "decline"),
        "accepted": TAKEN_ON[:2],
        "scheduled": TAKEN_ON,
        "on_site": WRITTEN[:4],
        "visited": WRITTEN[:5],
        "drafting": WRITTEN[:6],
        "internal_check": WRITTEN,
        "with_firm": SENT,
        "objected": (*SENT, "object"),
        "in_review": (*SENT, "confirm"),
        "returned": (*SENT, "confirm", "return"),
        "done": (*SENT, "confirm", "accept_report"),
        "exempt": ("exempt",),
    }
)
SHARES: Mapping[str, float] = MappingProxyType(
    {"to_assign": 8, "assigned": 7, "declined": 2, "accepted": 7, "scheduled": 9, "on_site": 2}
    | {"visited": 5, "drafting": 9, "internal_check": 2, "with_firm": 8, "objected": 2}
    | {"in_review": 5, "returned": 2, "done": 38, "exempt": 3}
)
USUAL = 6  # days a step takes where the state has no clock
LATE = 0.12  # share of last steps that lie past their clock
WORKDAY = (9, 17)  # hours, China time
VISITING: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"check_in": (9, 11), "finish_visit": (14, 17)}  # of one day
)
AHEAD = timedelta(hours=8)
FARTHEST = max(map(len, PATHS.values()))
PILOT = timedelta(days=380)  # before the last day, the pilot had been over for some weeks


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One move of the firm at `row`, at a moment."""

    at: datetime
    row: int
    move: str


@dataclass(frozen=True, slots=True)
class Timetable:
    """All steps in the order of time, and where each firm stands at the end.

    `opened` is when all diagnoses were opened, `begun` (n,) when each firm's way began.
    """

    opened: datetime
    steps: tuple[Step, ...]
    ends: tuple[str, ...]


def draw_timetable(
    firms: int, day: date, seed: int, pace: Sequence[float] | None = None
) -> Timetable:
    """A timetable for `firms` diagnoses that stands as it should on `day`.

    Firms of a higher `pace` are further on; by default all are alike.
    """
    rng = np.random.default_rng(seed)
    every = list(PATHS)
    weights = np.array([SHARES[end] for end in every])
    drawn = [every[at] for at in rng.choice(len(every), firms, p=weights / weights.sum())]
    ends = (every + drawn)[:firms]
    if pace is not None:
        ends = _paced(ends, np.asarray(pace, float), rng)
    return _timetable(dict(enumerate(ends)), day, rng)


def draw_pilot(rows: Iterable[int], day: date, seed: int) -> Timetable:
    """A timetable of diagnoses that were all done about a year before `day`."""
    rng = np.random.default_rng(seed)
    return _timetable(dict.fromkeys(rows, "done"), day - PILOT, rng)


def _timetable(ends: Mapping[int, str], day: date, rng: np.random.Generator) -> Timetable:
    steps = sorted(step for row, end in ends.items() for step in _way(row, end, day, rng))
    first = steps[0].at if steps else _moment(day, rng)
    return Timetable(first - timedelta(days=3), tuple(steps), tuple(ends.values()))


def _paced(ends: Sequence[str], pace: NDArray[np.float64], rng: np.random.Generator) -> list[str]:
    """The same ends, the farther ones to firms of a higher pace; exemptions fall anywhere."""
    far = [rng.random() if end == "exempt" else len(PATHS[end]) / FARTHEST for end in ends]
    order = np.argsort(pace, kind="stable")
    nearest = [ends[at] for at in np.argsort(far, kind="stable")]
    found = [""] * len(ends)
    for row, end in zip(order.tolist(), nearest, strict=True):
        found[row] = end
    return found


def _way(row: int, end: str, day: date, rng: np.random.Generator) -> list[Step]:
    """The steps of one firm, dated backwards from its present state."""
    at, found = day - timedelta(days=_standing(end, rng)), []
    for move in reversed(PATHS[end]):
        found.append(Step(_moment(at, rng, VISITING.get(move, WORKDAY)), row, move))
        if move != "finish_visit":
            at -= timedelta(days=1 + int(rng.integers(0, _clock(move))))
    return found


def _standing(end: str, rng: np.random.Generator) -> int:
    """For how many days a diagnosis has stood where it stands."""
    if MACHINE.states[end].covers or end == "exempt":
        return int(rng.integers(2, 90))
    clock = MACHINE.states[end].days or USUAL
    late = rng.random() < LATE
    return clock + int(rng.integers(1, 9)) if late else 1 + int(rng.integers(0, max(1, clock - 1)))


def _clock(move: str) -> int:
    source = MACHINE.moves[move].sources[0]
    return MACHINE.states[source].days or USUAL


def _moment(day: date, rng: np.random.Generator, hours: tuple[int, int] = WORKDAY) -> datetime:
    hour, minute = int(rng.integers(*hours)), int(rng.integers(0, 60))
    return datetime.combine(day, time(hour, minute), UTC) - AHEAD
