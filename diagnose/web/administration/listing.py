"""What the lists of the administration show, each in a constant number of statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from diagnose.records import CLOSED, Account, Diagnosis, Firm, Kind, Provider
from diagnose.records.columns import now
from diagnose.web.paging import Paged, page_number, paged

PER_PAGE = 25


def standing(account: Account) -> str:
    """How an account stands: closed, locked, waiting for its activation, or open."""
    if not account.active:
        return "closed"
    if account.locked_until and account.locked_until > now():
        return "locked"
    return "open" if account.password_hash else "waiting"


def accounts_found(session: Session, wanted: Mapping[str, str]) -> Paged:
    """The accounts that fit the search, with the firm or provider of each."""
    query = (
        select(Account, col(Firm.name), col(Provider.name))
        .outerjoin(Firm, col(Firm.id) == Account.firm_id)
        .outerjoin(Provider, col(Provider.id) == Account.provider_id)
        .where(*_conditions(wanted))
        .order_by(col(Account.kind), col(Account.username))
    )
    return paged(session, query, page_number(wanted), PER_PAGE)


def _conditions(wanted: Mapping[str, str]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    words = wanted.get("q", "").strip()
    if words:
        fields = (Account.username, Account.name, Account.district, Firm.name, Provider.name)
        found.append(or_(*(col(field).icontains(words, autoescape=True) for field in fields)))
    if wanted.get("kind") in set(Kind):
        found.append(col(Account.kind) == wanted["kind"])
    standing_rule = _STANDINGS.get(wanted.get("standing", ""))
    return found if standing_rule is None else [*found, standing_rule()]


def _locked() -> ColumnElement[bool]:
    return and_(col(Account.active), col(Account.locked_until) > now())


def _waiting() -> ColumnElement[bool]:
    return and_(col(Account.active), col(Account.password_hash) == "")


_STANDINGS: Mapping[str, Callable[[], ColumnElement[bool]]] = {
    "waiting": _waiting,
    "locked": _locked,
    "closed": lambda: col(Account.active).is_(False),
}


def providers_found(session: Session, wanted: Mapping[str, str]) -> Paged:
    """Providers with how many consultants and how many open diagnoses each has."""
    query = select(
        Provider,
        select(func.count(col(Account.id)))
        .where(Account.provider_id == Provider.id, Account.kind == Kind.CONSULTANT)
        .scalar_subquery(),
        select(func.count(col(Diagnosis.id)))
        .where(Diagnosis.provider_id == Provider.id, col(Diagnosis.state).not_in(CLOSED))
        .scalar_subquery(),
    ).order_by(col(Provider.code))
    words = wanted.get("q", "").strip()
    if words:
        fields = (Provider.code, Provider.name, Provider.specialities)
        query = query.where(
            or_(*(col(field).icontains(words, autoescape=True) for field in fields))
        )
    return paged(session, query, page_number(wanted), PER_PAGE)
