"""The states of a task and the moves between them; late and chased follow from days and letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from diagnose.records import Task, TaskLetter, TaskStage
from questionnaires.text import Text


class Standing(StrEnum):
    """How a task stands on a day: 未启动 → 推进中 → 完成 or 逾期 → 督办 → 销号."""

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    OVERDUE = "overdue"
    CHASED = "chased"
    DONE = "done"
    CLOSED = "closed"


STANDINGS: Mapping[str, Text] = MappingProxyType(
    {
        Standing.WAITING: Text("未启动", "Not begun"),
        Standing.UNDER_WAY: Text("推进中", "Under way"),
        Standing.OVERDUE: Text("逾期", "Past its due day"),
        Standing.CHASED: Text("督办", "Followed up by letter"),
        Standing.DONE: Text("完成", "Done"),
        Standing.CLOSED: Text("销号", "Closed"),
    }
)


@dataclass(frozen=True, slots=True)
class Move:
    """A move of a task: from which stages to which."""

    title: Text
    sources: tuple[str, ...]
    target: str


MOVES: Mapping[str, Move] = MappingProxyType(
    {
        "start": Move(Text("启动", "Begin"), (TaskStage.WAITING,), TaskStage.UNDER_WAY),
        "finish": Move(
            Text("报完成", "Report as done"),
            (TaskStage.WAITING, TaskStage.UNDER_WAY),
            TaskStage.DONE,
        ),
        "close": Move(Text("销号", "Close"), (TaskStage.DONE,), TaskStage.CLOSED),
        "reopen": Move(
            Text("退回推进", "Take up again"),
            (TaskStage.DONE, TaskStage.CLOSED),
            TaskStage.UNDER_WAY,
        ),
    }
)
OVER = (TaskStage.DONE, TaskStage.CLOSED)


def standing(task: Task, letters: Iterable[TaskLetter], day: date) -> Standing:
    """How a task stands on `day`; a letter that nobody answered comes before being late."""
    if task.stage in OVER:
        return Standing(task.stage)
    if any(letter.answered_on is None for letter in letters):
        return Standing.CHASED
    return Standing.OVERDUE if task.due_on < day else Standing(task.stage)


def moves_open(task: Task) -> dict[str, Move]:
    """The moves that lead on from where a task is."""
    return {name: move for name, move in MOVES.items() if task.stage in move.sources}
