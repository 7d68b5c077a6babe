"""The firms a result is compared with: the latest submitted sheet of each, as verified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import sqlalchemy
from sqlalchemy import ColumnElement, Select
from sqlmodel import Session, col, func, select

from diagnose.reading import judge, questionnaire, raw_firm
from diagnose.records import Answer, Assessment, Firm, Status, Verification
from diagnose.records.answer import raw_form
from diagnose.records.columns import now
from models.peers import Grouping
from questionnaires.check import RawSheet, check_rows
from questionnaires.sheets import Firms, Sheets
from questionnaires.text import Text

LEAST_FITTED = 150  # firms; below, no groups are looked for
NOT_YET = Text(
    "同类群组正在计算，稍后再看即可；现按行业和规模比较。",
    "The groups are being worked out and will be here shortly. Until then firms are compared by "
    "industry and size.",
)


@dataclass(frozen=True)
class Pool:
    """The sheets of the firms that count, which row is whose, and the groups among them.

    `count` is how many firms had a sheet when it was read at `made_at`; `fitted` whether its
    groups were looked for. Rows come and go cheaply; the groups stay as they were fitted.
    """

    made_at: datetime
    count: int
    sheets: Sheets
    places: Mapping[str, int]
    grouping: Grouping
    fitted: bool

    def with_firm(self, own: Sheets) -> tuple[Sheets, int]:
        """The other firms' sheets with `own` (a table of one row) at the end, and its row."""
        place = self.places.get(str(own.firms.uscc[0]))
        others = [row for row in range(len(self.sheets)) if row != place]
        return _joined(self.sheets.take(others), own), len(others)


def count_firms(session: Session, *, fictional: bool) -> int:
    """How many firms have submitted a sheet."""
    return session.exec(
        select(func.count(func.distinct(Assessment.firm_id)))
        .join(Firm, col(Firm.id) == col(Assessment.firm_id))
        .where(Assessment.status == Status.SUBMITTED, col(Firm.fictional) == fictional)
    ).one()


def read_pool(
    session: Session, *, fictional: bool = False, before: Pool | None = None, fit: bool = True
) -> Pool:
    """The real firms, or the fictional ones, as they stand.

    Groups that hold the same firms as in the pool `before` keep their names. Without `fit` they
    are taken over from there, or left to be fitted later.
    """
    rows = latest_sheets(session, col(Firm.fictional) == fictional)
    sheets = check_rows(questionnaire(), rows).sheets
    fit = fit or len(sheets) < LEAST_FITTED
    known = before.grouping if before else None
    if fit:
        grouping = judge().fit_groups(sheets, known)
    else:
        grouping = known or Grouping(False, NOT_YET, judge().feature_ids)
    places = {uscc: row for row, uscc in enumerate(sheets.firms.uscc.tolist())}
    return Pool(now(), len(rows), sheets, places, grouping, fit)


def latest_sheets(session: Session, wanted: ColumnElement[bool]) -> list[RawSheet]:
    """The latest sheet of each of the firms that are `wanted`, in three statements."""
    asked = questionnaire()
    line = ".".join(asked.version.split(".")[:2])
    later_first = (col(Assessment.submitted_at).desc(), col(Assessment.id).desc())
    place = func.row_number().over(partition_by=col(Assessment.firm_id), order_by=later_first)
    placed = (
        select(col(Assessment.id).label("id"), place.label("place"))
        .join(Firm, col(Firm.id) == col(Assessment.firm_id))
        .where(
            Assessment.status == Status.SUBMITTED,
            wanted,
            Assessment.questionnaire == asked.id,
            col(Assessment.questionnaire_version).startswith(f"{line}."),
        )
        .subquery()
    )
    return read_sheets(session, select(placed.c.id).where(placed.c.place == 1))


def read_sheets(session: Session, chosen: Select[Any]) -> list[RawSheet]:
    """The sheets whose ids are `chosen`, as verified, in the order of their ids."""
    answers: dict[int, dict[str, object]] = defaultdict(dict)
    for table in (Answer, Verification):
        columns = (table.assessment_id, table.question, table.state, table.value, table.reason)
        kept = sqlalchemy.select(*map(col, columns)).where(col(table.assessment_id).in_(chosen))
        for assessment, question, state, value, reason in session.connection().execute(kept):
            answers[assessment][question] = raw_form(state, value, reason)
    found = session.exec(
        select(Assessment, Firm.uscc)
        .join(Firm, col(Firm.id) == col(Assessment.firm_id))
        .where(col(Assessment.id).in_(chosen))
        .order_by(col(Assessment.id))
    )
    return [
        RawSheet(line, raw_firm(uscc, held), answers[held.id])
        for line, (held, uscc) in enumerate(found, 1)
        if held.id is not None
    ]


def _joined(first: Sheets, second: Sheets) -> Sheets:
    """The sheets of both, the second's after the first's."""
    firms = Firms(
        **{
            name: np.concatenate([column, getattr(second.firms, name)])
            for name, column in vars(first.firms).items()
        }
    )
    shifted = {(row + len(first), at): text for (row, at), text in second.reasons.items()}
    return replace(
        first,
        firms=firms,
        states=np.asfortranarray(np.concatenate([first.states, second.states])),
        columns=tuple(
            np.concatenate(pair) for pair in zip(first.columns, second.columns, strict=True)
        ),
        lines=np.concatenate([first.lines, second.lines]),
        reasons={**first.reasons, **shifted},
    )
