"""The life of a retrofit project, from suggestion to benchmark: stages and moves as data."""

from diagnose.moves import Move, MoveRefused, Wanted
from diagnose.retrofits.feeding import (
    bind_need,
    declare,
    link_need,
    pool_adopted,
    take_declared,
    take_in,
)
from diagnose.retrofits.machine import lacking, moves_open
from diagnose.retrofits.machine import move as move_project
from diagnose.retrofits.stages import LIFE, Step, is_declared, step_of

__all__ = [
    "LIFE",
    "Move",
    "MoveRefused",
    "Step",
    "Wanted",
    "bind_need",
    "declare",
    "is_declared",
    "lacking",
    "link_need",
    "move_project",
    "moves_open",
    "pool_adopted",
    "step_of",
    "take_declared",
    "take_in",
]
