"""What the list of the fictional district shows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlmodel import Session, col, func, or_, select

from diagnose.records import Assessment, Firm, Judgement
from diagnose.web.paging import Paged, paged

DIGITS = re.compile(r"[0-9]{1,9}")


def list_firms(session: Session, chosen: Mapping[str, str], number: int, size: int) -> Paged:
    """The district's firms that fit, the highest points first."""
    query = (
        select(Assessment, Firm, Judgement)
        .join(Firm, col(Firm.id) == col(Assessment.firm_id))
        .join(Judgement, col(Judgement.assessment_id) == col(Assessment.id))
        .where(col(Firm.fictional))
        .order_by(col(Judgement.score).desc(), col(Firm.uscc))
    )
    if "search" in chosen:
        part = chosen["search"]
        found = col(Firm.name).contains(part, autoescape=True)
        query = query.where(or_(found, col(Firm.uscc).startswith(part.upper(), autoescape=True)))
    for name, column in (("level", col(Judgement.level)), ("size", col(Assessment.size))):
        if DIGITS.fullmatch(chosen.get(name, "")):
            query = query.where(column == int(chosen[name]))
    if "industry" in chosen:
        query = query.where(
            col(Assessment.industry).startswith(chosen["industry"], autoescape=True)
        )
    return paged(session, query, number, size)


def count_by_level(session: Session) -> dict[int, int]:
    """How many of the district's firms stand at each level."""
    rows = session.exec(
        select(Judgement.level, func.count())
        .join(Assessment, col(Judgement.assessment_id) == col(Assessment.id))
        .join(Firm, col(Firm.id) == col(Assessment.firm_id))
        .where(col(Firm.fictional))
        .group_by(col(Judgement.level))
    )
    return dict(rows.all())
