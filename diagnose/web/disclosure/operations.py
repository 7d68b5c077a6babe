"""Looks of others at a firm's data, and what the firm lets them see."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select

from diagnose.records import Account, AuditEntry, Consent, Provider, Use, note
from diagnose.records.columns import now
from diagnose.web.access import actor
from diagnose.web.paging import Paged, paged

SIZE = 30


def looks(session: Session, firm_id: int, page: int, *, everything: bool) -> Paged:
    """What others saw of a firm's data, or all that they did; the newest first.

    Rows of (entry, account, provider); account and provider are None where there is none.
    """
    query: Any = (
        select(AuditEntry, Account, Provider)
        .outerjoin(Account, col(Account.id) == col(AuditEntry.account_id))
        .outerjoin(Provider, col(Provider.id) == col(Account.provider_id))
        .where(
            AuditEntry.firm_id == firm_id,
            or_(col(Account.firm_id).is_(None), col(Account.firm_id) != firm_id),
        )
        .order_by(col(AuditEntry.id).desc())
    )
    if not everything:
        query = query.where(col(AuditEntry.action).startswith("view."))
    return paged(session, query, page, SIZE)


def consent_of(session: Session, firm_id: int, use: Use) -> Consent | None:
    """The consent that holds now, if one does."""
    latest = session.exec(
        select(Consent)
        .where(Consent.firm_id == firm_id, Consent.use == use)
        .order_by(col(Consent.id).desc())
    ).first()
    return latest if latest is not None and latest.withdrawn_at is None else None


def change_consent(session: Session, firm_id: int, use: Use, *, give: bool) -> None:
    """Give or withdraw a consent; nothing where it stands so already."""
    held = consent_of(session, firm_id, use)
    if (held is not None) == give:
        return
    if held is not None:
        held.withdrawn_at = now()
        session.add(held)
    else:
        session.add(Consent(firm_id=firm_id, use=use, account_id=actor().account_id))
    action = "consent.give" if give else "consent.withdraw"
    note(session, actor(), action, f"firm:{firm_id}", firm_id=firm_id, use=use.value)
    session.commit()
