"""The way of a diagnosis from assignment to acceptance: states and moves as data."""

from diagnose.moves import Move, MoveRefused, Wanted
from diagnose.workflow.following import follow_roster
from diagnose.workflow.machine import MACHINE, State
from diagnose.workflow.moving import lacking, move, moves_open, open_diagnosis

__all__ = [
    "MACHINE",
    "Move",
    "MoveRefused",
    "State",
    "Wanted",
    "follow_roster",
    "lacking",
    "move",
    "moves_open",
    "open_diagnosis",
]
