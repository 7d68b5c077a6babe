"""The way of a diagnosis from assignment to acceptance: states and moves as data."""

from diagnose.workflow.machine import MACHINE, Move, State
from diagnose.workflow.moving import MoveRefused, Wanted, lacking, move, moves_open, open_diagnosis

__all__ = [
    "MACHINE",
    "Move",
    "MoveRefused",
    "State",
    "Wanted",
    "lacking",
    "move",
    "moves_open",
    "open_diagnosis",
]
