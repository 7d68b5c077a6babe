"""Everybody at work: each step of the timetable with what it takes, then the move itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from diagnose.demonstration.ending import open_review
from diagnose.demonstration.preparing import PREPARATIONS
from diagnose.demonstration.staging import Stage, Turn
from diagnose.demonstration.timetable import Step
from diagnose.demonstration.writing import forget_findings
from diagnose.workflow import MoveRefused, Wanted, move


def play_all(stage: Stage, steps: Sequence[Step], told: Callable[[int, int], None]) -> None:
    """Take the steps in their order."""
    for number, step in enumerate(steps, 1):
        if step.row not in stage.held_back:
            _play(stage, step)
        told(number, len(steps))


def _play(stage: Stage, step: Step) -> None:
    turn = Turn(stage, step, stage.diagnoses[step.row])
    try:
        _take(turn, step.move)
    except MoveRefused:
        if step.move != "send":
            raise
        _give_back(turn)


def _take(turn: Turn, wish: str) -> None:
    prepare = PREPARATIONS.get(wish)
    wanted = (prepare(turn) if prepare else None) or Wanted(wish)
    who = turn.by_capability(wish)
    move(turn.session, turn.diagnosis, wanted, who, turn.actor(who))


def _give_back(turn: Turn) -> None:
    """A report too much like others of the house goes back to its author.

    There it stays, unless the stage insists.
    """
    checker = turn.by_capability("send")
    back = Wanted("return_inside", turn.stage.said["reasons"]["alike"])
    move(turn.session, turn.diagnosis, back, checker, turn.actor(checker))
    if not turn.stage.insist:
        turn.stage.held_back.add(turn.step.row)
        return
    forget_findings(turn.session, turn.diagnosis)
    again = replace(turn, draft=turn.draft + 1)
    for wish in ("submit_inside", "send"):
        _take(again, wish)


def appoint_reviewers(stage: Stage) -> None:
    """Give every other report that waits for review to its reviewer; the rest wait for one."""
    waiting = [row for row, d in stage.diagnoses.items() if d.state == "in_review"]
    for row in waiting[::2]:
        diagnosis, reviewers = stage.diagnoses[row], stage.cast.reviewers
        reviewer = reviewers[row % len(reviewers)]
        at = diagnosis.state_since + timedelta(hours=1)
        open_review(stage.session, diagnosis, reviewer.id, at)
