"""Rows of the audit log as whoever asks may see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from diagnose.access import visible
from diagnose.records import Account, AuditEntry, Firm, Kind
from diagnose.web.paging import Paged, page_number, paged
from questionnaires.clock import HERE

PER_PAGE = 50


def entries_found(session: Session, account: Account, wanted: Mapping[str, str]) -> Paged:
    """The entries that fit, latest first, each with who acted and whose data it concerns."""
    query = (
        select(AuditEntry, Account, Firm)
        .outerjoin(Account, col(Account.id) == AuditEntry.account_id)
        .outerjoin(Firm, col(Firm.id) == AuditEntry.firm_id)
        .where(*_own(account), *_conditions(wanted))
        .order_by(col(AuditEntry.id).desc())
    )
    return paged(session, query, page_number(wanted), PER_PAGE)


def _own(account: Account) -> list[ColumnElement[bool]]:
    """An administrator sees the whole log, anybody else what concerns firms they see."""
    if account.kind == Kind.ADMINISTRATOR:
        return []
    seen: Any = select(Firm.id).where(visible(account, Firm))
    return [or_(col(AuditEntry.firm_id).in_(seen), col(AuditEntry.account_id) == account.id)]


def _conditions(wanted: Mapping[str, str]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for name, fields in _WORDS.items():
        words = wanted.get(name, "").strip()
        if words:
            found.append(or_(*(field.icontains(words, autoescape=True) for field in fields)))
    if wanted.get("action"):
        found.append(col(AuditEntry.action).startswith(wanted["action"], autoescape=True))
    since, until = _day(wanted.get("since", "")), _day(wanted.get("until", ""))
    if since:
        found.append(col(AuditEntry.at) >= since)
    if until:
        found.append(col(AuditEntry.at) < until + timedelta(days=1))
    return found


_WORDS = {
    "who": (col(Account.username), col(Account.name)),
    "firm": (col(Firm.name), col(Firm.uscc)),
}


def _day(typed: str) -> datetime | None:
    """Midnight of a day as it is here; None for anything that is no day."""
    try:
        return datetime.combine(date.fromisoformat(typed), time(), HERE).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
