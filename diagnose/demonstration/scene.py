"""What each room's part of the demonstration is played with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlmodel import Session

from diagnose.demonstration.people import Cast
from diagnose.demonstration.timetable import Timetable
from diagnose.storage import Store


@dataclass(frozen=True, slots=True)
class Scene:
    """The district's records and files, its people, their timetable, the last day, and chance."""

    session: Session
    store: Store
    cast: Cast
    table: Timetable
    day: date
    rng: np.random.Generator
