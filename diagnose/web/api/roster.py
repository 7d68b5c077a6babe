"""What the bureau's own systems may read and change of the roster."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.records import Firm, FirmEntry
from diagnose.roster.checking import EventRefused
from diagnose.roster.standing import Standing
from diagnose.web.access import me, refuse_and_note
from diagnose.web.api.resources import page_of, resource
from diagnose.web.api.shapes import FirmPut, FirmRow, Page, RosterQuery
from diagnose.web.apierrors import SAID, ApiTrouble
from diagnose.web.assessments.firm_facts import check_firm
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.reading import questionnaire
from diagnose.web.roster import operations
from diagnose.web.roster.forms import fingerprint
from questionnaires.clock import today
from questionnaires.text import Text


@resource(
    "GET /roster",
    Capability.ROSTER,
    Text("名录：本辖区的企业", "Roster: the firms of the district"),
    query=RosterQuery,
    gives=Page[FirmRow],
)
def roster(query: RosterQuery) -> Page[FirmRow]:
    """The firms of the district, page by page."""
    standing = Standing(me().district, today())
    found = standing.of(Firm, standing.state, standing.covered).order_by(col(Firm.id))
    if query.q:
        found = found.where(
            or_(col(Firm.name).contains(query.q, autoescape=True), col(Firm.uscc) == query.q)
        )
    if query.region:
        found = found.where(col(Firm.region) == query.region)
    if query.industry:
        found = found.where(col(Firm.industry).startswith(query.industry, autoescape=True))
    if query.on_roster is not None:
        found = found.where(col(Firm.on_roster) == query.on_roster)
    if query.state:
        found = found.where(standing.state == query.state)
    return Page[FirmRow](**page_of(query, found, lambda row: _firm_row(*row)))


@resource(
    "GET /roster/<uscc>",
    Capability.ROSTER,
    Text("名录：一家企业", "Roster: one firm"),
    gives=FirmRow,
    refuses=(404,),
)
def firm(uscc: str) -> FirmRow:
    """One firm of the district."""
    known = _firm(uscc)
    if known is None:
        raise NotFound
    return _standing(known)


@resource(
    "PUT /roster/<uscc>",
    Capability.ROSTER_CHANGE,
    Text("名录：新增或更改一家企业", "Roster: add or change one firm"),
    takes=FirmPut,
    gives=FirmRow,
    refuses=(404, 409, 413, 415),
)
def put_firm(uscc: str, body: FirmPut) -> tuple[FirmRow, int]:
    """Add a firm, or change one; its diagnosis is opened where it is due."""
    known = _firm(uscc)
    facts = body.model_dump(exclude={"version", "on_roster"}, exclude_none=True)
    checked = check_firm(
        questionnaire(), {k: v for k, v in facts.items() if v != ""} | {"uscc": uscc}
    )
    if checked.entry is None:
        wrong = [(f"body.{name}", why) for name, why in checked.problems.items()]
        raise ApiTrouble(422, *SAID[422], wrong)
    beside = {"district": me().district, "on_roster": body.on_roster}
    entry = FirmEntry.model_validate(checked.entry.model_dump() | beside)
    try:
        kept = _kept(known, entry, body.version)
    except ChangedMeanwhile:
        raise ApiTrouble(409, *SAID[409]) from None
    except EventRefused as refused:
        wrong = [("body", problem) for problem in refused.problems]
        raise ApiTrouble(422, *SAID[422], wrong) from None
    operations.open_diagnoses(records(), me().district, [kept.id or 0])
    records().commit()
    return _standing(kept), 201 if known is None else 200


def _kept(known: Firm | None, entry: FirmEntry, version: str | None) -> Firm:
    """The firm as it was given, new or changed."""
    if known is None:
        return operations.add_firm(records(), entry)
    changes = {name: getattr(entry, name) for name in (*operations.FACTS, "on_roster")}
    operations.change_firm(records(), known, changes, version or fingerprint(known))
    return known


def _firm(uscc: str) -> Firm | None:
    """The district's firm; another district's is not there, and that it was asked for is logged."""
    known = records().exec(select(Firm).where(col(Firm.uscc) == uscc)).first()
    if known is not None and known.district != me().district:
        refuse_and_note("access.foreign", f"firm:{known.id}")
        raise NotFound
    return known


def _standing(known: Firm) -> FirmRow:
    standing = Standing(me().district, today())
    found = standing.of(Firm, standing.state, standing.covered).where(col(Firm.id) == known.id)
    row: Any = records().exec(found).one()
    return _firm_row(*row)


def _firm_row(known: Firm, state: str, covered: bool) -> FirmRow:
    return FirmRow.model_validate(
        known.model_dump() | {"state": state, "covered": covered, "version": fingerprint(known)}
    )
