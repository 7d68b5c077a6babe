"""The firms that an action is meant for."""

from __future__ import annotations

from sqlmodel import Session, col, select
from werkzeug.datastructures import MultiDict

from diagnose.access import visible
from diagnose.records import Account, Firm
from diagnose.roster.searching import Search
from diagnose.roster.standing import Standing
from diagnose.web.choosing import pieces, ticked, wants_all
from questionnaires.clock import today


def chosen_firms(session: Session, officer: Account, form: MultiDict[str, str]) -> list[Firm]:
    """The ticked firms of the officer's district, or all that the form's search finds."""
    if wants_all(form):
        standing = Standing(officer.district, today())
        return list(session.scalars(Search.read(form).ordered(standing, Firm)))
    own = visible(officer, Firm)
    found = [
        firm
        for piece in pieces(ticked(form, "firm"))
        for firm in session.exec(select(Firm).where(col(Firm.id).in_(piece), own))
    ]
    return sorted(found, key=lambda firm: (firm.name, firm.id))
