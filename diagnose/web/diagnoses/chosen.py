"""The diagnoses that an action is meant for, and what placing them needs to know."""

from __future__ import annotations

from sqlmodel import Session, col, select
from werkzeug.datastructures import MultiDict

from diagnose.access import visible
from diagnose.assigning.placing import Wish
from diagnose.assigning.searching import DiagnosisSearch
from diagnose.records import Account, Diagnosis, Firm
from diagnose.web.choosing import pieces, ticked, wants_all
from diagnose.web.roster.chosen import chosen_firms
from diagnose.workflow import MACHINE

Pair = tuple[Diagnosis, Firm]
NEW, AGAIN = "assign", "reassign"


def chosen_diagnoses(session: Session, officer: Account, form: MultiDict[str, str]) -> list[Pair]:
    """The chosen diagnoses of the officer's district, or those of the chosen firms, by number.

    `of` says which list was ticked in: “roster” means firms.
    """
    if form.get("of") == "roster":
        firms = [firm.id or 0 for firm in chosen_firms(session, officer, form)]
        return _where(session, officer, firms, Diagnosis.firm_id)
    if wants_all(form):
        query = DiagnosisSearch.read(form).found(officer.district, Diagnosis, Firm)
        rows = session.execute(query.order_by(col(Diagnosis.number)))
        return [(row[0], row[1]) for row in rows]
    return _where(session, officer, ticked(form, "diagnosis"), Diagnosis.id)


def assignable(pairs: list[Pair], *, again: bool) -> list[Pair]:
    """Those that can be assigned from where they stand, or taken from somebody, if `again`."""
    moves = (NEW, AGAIN) if again else (NEW,)
    sources = {state for move in moves for state in MACHINE.moves[move].sources}
    return [(diagnosis, firm) for diagnosis, firm in pairs if diagnosis.state in sources]


def move_for(diagnosis: Diagnosis) -> str:
    """The move that assigns a diagnosis from where it stands."""
    return NEW if diagnosis.state in MACHINE.moves[NEW].sources else AGAIN


def wishes(pairs: list[Pair], by: str = "") -> list[Wish]:
    """What is to be placed; `by` “region” or “division” is what rules go by."""
    return [
        Wish(diagnosis.id or 0, firm.id or 0, key_of(firm, by), diagnosis.provider_id)
        for diagnosis, firm in pairs
    ]


def key_of(firm: Firm, by: str) -> str:
    """What a rule by street or by trade goes by."""
    return {"region": firm.region, "division": firm.industry[:2]}.get(by, "")


def _where(
    session: Session, officer: Account, numbers: list[int] | tuple[int, ...], column: object
) -> list[Pair]:
    own = visible(officer, Diagnosis)
    found = [
        (diagnosis, firm)
        for some in pieces(numbers)
        for diagnosis, firm in session.exec(
            select(Diagnosis, Firm)
            .join(Firm, col(Firm.id) == Diagnosis.firm_id)
            .where(col(column).in_(some), own)
        )
    ]
    return sorted(found, key=lambda pair: pair[0].number)
