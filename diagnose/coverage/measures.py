"""Indicators of the firms that are due: small ones, levels reached, census, equipment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Integer, String, cast, func, select
from sqlmodel import Session, col

from diagnose.coverage.arrays import Flags, Ints, number, places, read, read_by
from diagnose.coverage.figures import Figures
from diagnose.coverage.panel import Panel
from diagnose.coverage.treatment import TREATMENT
from diagnose.records import Answer, Assessment, Census, CensusStage, Firm, Status, Verification
from diagnose.records.roster import Honour
from questionnaires.clock import HERE

LARGE = 3  # the size class that is neither small nor medium
LEAST = 10  # firms behind a sum of what firms said of themselves
NOT_KNOWN = -1
PARTS: Mapping[str, tuple[str, str]] = {
    "digital": ("equipment_digital", "equipment_total"),
    "networked": ("equipment_networked", "equipment_total"),
    "numerical": ("key_processes_nc", "key_processes"),
}
"""Sums of counted things: the questions that ask for the part and for the whole."""


@dataclass(frozen=True, slots=True)
class Measure:
    """So many `part` of `whole`; `firms` told both of a sum of things, None where firms count.

    A sum that rests on too few firms is withheld: `part` and `whole` are 0 then.
    """

    key: str
    part: int
    whole: int
    firms: int | None = None


def measures(session: Session, found: Figures) -> tuple[Measure, ...]:
    """All of them on the day of the figures, in five statements."""
    due, covered, size = found.at.due, found.at.covered, found.codes("size")
    small = due & (size >= 0) & (size < LARGE)
    special = due & found.part("honour", int(Honour.SPECIALISED))
    reached = covered & (found.levels >= TREATMENT.transformed_level)
    handed_in = surveyed(session, found.panel, date.fromordinal(found.at.day))
    of_firms = {
        "small": (covered, small),
        "specialised": (covered, special),
        "transformed": (reached, due),
        "small_transformed": (reached, small),
        "census": (handed_in, due),
    }
    return (
        *(Measure(key, _sum(part & of), _sum(of)) for key, (part, of) in of_firms.items()),
        *_sums(session, found),
    )


def surveyed(session: Session, panel: Panel, day: date) -> Flags:
    """Who handed in a sheet of the census by a day."""
    where = (
        col(Census.stage) != CensusStage.DRAFT,
        col(Census.submitted_at) < _end(day),
        col(Census.firm_id).in_(_own(panel)),
    )
    [firm] = read(session, number(Census.firm_id), where=where)
    found = np.zeros(panel.firms.size, bool)
    found[_known(firm, panel)] = True
    return found


def _sums(session: Session, found: Figures) -> list[Measure]:
    """Sums over the firms due that gave both numbers in the sheet they submitted last."""
    panel, due = found.panel, found.at.due
    held = _counted(session, panel, date.fromordinal(found.at.day))
    measured = []
    for key, (part, whole) in PARTS.items():
        both = due & (held[part] >= 0) & (held[whole] > 0)
        firms = _sum(both)
        if firms < LEAST:
            measured.append(Measure(key, 0, 0, firms))
            continue
        having = np.minimum(held[part], held[whole])[both].sum()
        measured.append(Measure(key, int(having), int(held[whole][both].sum()), firms))
    return measured


def _counted(session: Session, panel: Panel, day: date) -> Mapping[str, Ints]:
    """What each firm counted, as verified where that was done; `NOT_KNOWN` where it did not."""
    wanted = sorted({question for pair in PARTS.values() for question in pair})
    found = {question: np.full(panel.firms.size, NOT_KNOWN) for question in wanted}
    last = _last_sheets(panel, day)
    for table in (Answer, Verification):
        sheet: Any = col(table.assessment_id)
        of = select(col(Assessment.firm_id)).where(col(Assessment.id) == sheet).scalar_subquery()
        rows = read_by(
            session,
            col(table.question),
            number(of),
            number(_whole(table.value), NOT_KNOWN),
            where=(col(table.question).in_(wanted), sheet.in_(last)),
        )
        for question, (firm, value) in rows.items():
            at = places(firm, panel.firms)
            found[question][at[at >= 0]] = value[at >= 0]
    return found


def _last_sheets(panel: Panel, day: date) -> Any:
    """The sheet that each firm submitted last by a day, whenever it was entered."""
    submitted = (
        col(Assessment.status) == Status.SUBMITTED,
        col(Assessment.submitted_at) < _end(day),
        col(Assessment.firm_id).in_(_own(panel)),
    )
    order = col(Assessment.submitted_at).desc(), col(Assessment.id).desc()
    place = func.row_number().over(partition_by=col(Assessment.firm_id), order_by=order)
    found = select(col(Assessment.id), place.label("place")).where(*submitted).subquery()
    return select(found.c.id).where(found.c.place == 1)


def _whole(value: Any) -> ColumnElement[int]:
    """A whole number that is kept as JSON."""
    return cast(cast(col(value), String), Integer)


def _own(panel: Panel) -> Any:
    return select(col(Firm.id)).where(col(Firm.district) == panel.district)


def _known(firm: Ints, panel: Panel) -> Ints:
    at = places(firm, panel.firms)
    return at[at >= 0]


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), HERE)


def _sum(flags: Flags) -> int:
    return int(np.count_nonzero(flags))
