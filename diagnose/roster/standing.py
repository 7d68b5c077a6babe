"""How each firm of a district stands on a day, as columns of one statement."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from diagnose.records import (
    Account,
    Assessment,
    Diagnosis,
    Firm,
    Kind,
    Provider,
    Report,
    RosterEvent,
    Spell,
    Status,
    Stay,
    Transfer,
)
from diagnose.records.roster import ANSWERING, Change, Ground, Listing
from models.firms import SIZE_BOUNDS
from questionnaires.clock import HERE

RECENT = timedelta(days=365)  # a self-assessment counts so long
STILL_OURS = (Listing.LISTED, Listing.BELOW)
"""A firm that fell below the scale stays to be done for the campaign that lists it."""
NEVER = "none"
"""The state of a firm for which no diagnosis was opened yet."""


class Standing:
    """The firms of a district with what is known of each on `day`; `of` asks for columns of it.

    `listed` says that the firm is on the roster, `excluded` that it is exempt then, `awaited` that
    a campaign which lists it may wait for it: in the district and not exempt; `diagnosis` is its
    latest, `covering` the one whose accepted report is valid on the day: its own or, after a
    merger, one of a firm that merged into it. A report past its validity counts as expired from
    the day after, whatever the nightly job does. Coverage counts in the same way (see `coverage`).
    """

    def __init__(self, district: str, day: date) -> None:
        self.district, self.day = district, day
        self.diagnosis, self.covering = aliased(Diagnosis), aliased(Diagnosis)
        self.report, self.provider = aliased(Report), aliased(Provider)
        merged = _merged(day)
        self._latest, self._valid = _latest_diagnoses(), _valid_diagnoses(district, day, merged)
        self._brought, self._spell = _brought(district, day, merged), aliased(Spell)
        self._version, self._sheets, self._accounts = _versions(), _submitted(), _accounts()
        spell, held = self._spell, col(self.diagnosis.state)
        self.listed = func.coalesce(col(spell.listing) == int(Listing.LISTED), False)
        self.excluded = and_(self.listed, col(spell.ground) != int(Ground.NONE))
        ours = col(spell.listing).in_([int(listing) for listing in STILL_OURS])
        exempt = col(spell.ground) != int(Ground.NONE)
        self.awaited = func.coalesce(and_(ours, ~exempt), False)
        valid = or_(self._valid.c.firm_id.is_not(None), self._brought.c.firm_id.is_not(None))
        self.state: ColumnElement[str] = case(
            (self.excluded, "exempt"),
            (or_(held.is_(None), held == "exempt"), NEVER),
            (and_(held == "done", ~valid), "expired"),
            else_=held,
        )
        self.covered = and_(self.listed, ~self.excluded, valid)
        self.level = col(self.report.level)
        self.submitted_at = self._sheets.c.submitted_at
        self.drafted_at = self._sheets.c.drafted_at
        self.account: ColumnElement[str] = case(
            (self._accounts.c.firm_id.is_(None), NEVER),
            (self._accounts.c.activated == 1, "active"),
            else_="waiting",
        )
        self.size = size_of_firm()
        self.division: ColumnElement[str] = func.substr(col(Firm.industry), 1, 2)

    def of(self, *columns: Any) -> Select[Any]:
        """The wanted columns of every firm of the district, joined to how it stands."""
        version, report = self._version, self.report
        found: Select[Any] = (
            select(*columns)
            .select_from(Firm)
            .outerjoin(self._spell, _spell_of(self._spell, self.district, self.day))
            .outerjoin(self._brought, self._brought.c.firm_id == Firm.id)
            .outerjoin(self._latest, self._latest.c.firm_id == Firm.id)
            .outerjoin(self.diagnosis, col(self.diagnosis.id) == self._latest.c.id)
            .outerjoin(self._valid, self._valid.c.firm_id == Firm.id)
            .outerjoin(self.covering, col(self.covering.id) == self._valid.c.id)
            .outerjoin(version, version.c.diagnosis_id == self.covering.id)
            .outerjoin(
                report,
                and_(
                    col(report.diagnosis_id) == version.c.diagnosis_id,
                    col(report.version) == version.c.version,
                ),
            )
            .outerjoin(self.provider, col(self.provider.id) == self.diagnosis.provider_id)
            .outerjoin(self._sheets, self._sheets.c.firm_id == Firm.id)
            .outerjoin(self._accounts, self._accounts.c.firm_id == Firm.id)
            .where(Firm.district == self.district)
        )
        return found

    def counted(self) -> dict[str, ColumnElement[bool]]:
        """As what a firm on the roster counts: the conditions behind the figures of coverage."""
        since = datetime.combine(self.day, time(), HERE) - RECENT
        until = datetime.combine(self.day + timedelta(days=1), time(), HERE)
        lately = and_(self.submitted_at >= since, self.submitted_at < until)
        due = and_(self.listed, ~self.excluded)
        return {
            "due": due,
            "excluded": self.excluded,
            "covered": self.covered,
            "open": and_(due, ~self.covered),
            "assessed": and_(due, func.coalesce(lately, False)),
        }

    def without_diagnosis(self, session: Session) -> list[Firm]:
        """The firms on the roster that have neither an open diagnosis nor a valid report."""
        return list(session.scalars(self.of(Firm).where(*self.undiagnosed())))

    def undiagnosed(self) -> tuple[ColumnElement[bool], ...]:
        """The condition under which a diagnosis is to be opened."""
        return self.listed, self.state.in_((NEVER, "expired"))


def size_of_firm() -> ColumnElement[int]:
    """The size class by the firm's own figures, -1 where they leave it open.

    The same rule as `models.firms.size_classes`, as a column.
    """
    employees, revenue = col(Firm.employees), col(Firm.revenue)
    least: ColumnElement[int] = literal(0)
    most: ColumnElement[int] = literal(0)
    for persons, yuan in SIZE_BOUNDS:
        least = least + case((and_(employees >= persons, revenue >= yuan), 1), else_=0)
        most = most + case((or_(employees < persons, revenue < yuan), 0), else_=1)
    return case((least == most, least), else_=-1)


def _latest_diagnoses() -> Subquery:
    return (
        select(Diagnosis.firm_id, func.max(Diagnosis.id).label("id"))
        .group_by(col(Diagnosis.firm_id))
        .subquery()
    )


def _spell_of(spell: type[Spell], district: str, day: date) -> ColumnElement[bool]:
    return and_(
        col(spell.firm_id) == Firm.id,
        col(spell.district) == district,
        col(spell.since) <= day,
        or_(col(spell.until).is_(None), col(spell.until) > day),
    )


def _valid_diagnoses(district: str, day: date, merged: CTE) -> Subquery:
    """The latest diagnosis with a valid report, of the firm or of one that merged into it.

    What a firm was diagnosed as in another district does not count here without a transfer.
    """
    then = (
        col(Spell.firm_id) == Stay.firm_id,
        col(Spell.since) <= Stay.since,
        or_(col(Spell.until).is_(None), col(Spell.until) > Stay.since),
    )
    there = (col(Spell.district) != district, col(Spell.listing) != int(Listing.MOVED_OUT))
    here = (col(Spell.district) == district, col(Spell.listing).in_(ANSWERING))
    valid = (
        col(Stay.state) == "done",
        col(Stay.since) <= day,
        or_(col(Stay.until).is_(None), col(Stay.until) > day),
        or_(col(Stay.valid_until).is_(None), col(Stay.valid_until) >= day),
        or_(~exists().where(*then, *there), exists().where(*then, *here)),
    )
    of_firm: tuple[Any, ...] = (col(Stay.firm_id).label("firm_id"), Stay.diagnosis_id)
    of_successor: tuple[Any, ...] = (merged.c.successor, Stay.diagnosis_id)
    own: Select[Any] = select(*of_firm).where(*valid)
    inherited: Select[Any] = (
        select(*of_successor).join(Stay, col(Stay.firm_id) == merged.c.firm_id).where(*valid)
    )
    both = union_all(own, inherited).subquery()
    return (
        select(both.c.firm_id, func.max(both.c.diagnosis_id).label("id"))
        .group_by(both.c.firm_id)
        .subquery()
    )


def _merged(day: date) -> CTE:
    """Firms that merged by a day, each with all in whom it goes on, merger after merger."""
    void = aliased(RosterEvent)
    held = (
        col(RosterEvent.change) == Change.MERGED,
        col(RosterEvent.other_id) > 0,
        col(RosterEvent.effective_on) <= day,
        ~exists().where(col(void.voids_id) == RosterEvent.id),
    )
    into: Any = col(RosterEvent.other_id).label("successor")
    first: Any = select(RosterEvent.firm_id, into).where(*held)
    chain: CTE = first.cte("merger", recursive=True)
    further: Any = select(chain.c.firm_id, into).join(
        RosterEvent, col(RosterEvent.firm_id) == chain.c.successor
    )
    return chain.union(further.where(*held))


def _brought(district: str, day: date, merged: CTE) -> Subquery:
    """Who has a valid report from another district, or is one into whom such a firm merged."""
    valid = (
        Transfer.district == district,
        col(Transfer.accepted_on) <= day,
        col(Transfer.valid_until) >= day,
    )
    own: Any = select(Transfer.firm_id).where(*valid)
    inherited: Any = (
        select(merged.c.successor)
        .join(Transfer, col(Transfer.firm_id) == merged.c.firm_id)
        .where(*valid)
    )
    found: Subquery = own.union(inherited).subquery()
    return found


def _versions() -> Subquery:
    return (
        select(Report.diagnosis_id, func.max(Report.version).label("version"))
        .group_by(col(Report.diagnosis_id))
        .subquery()
    )


def _submitted() -> Subquery:
    draft = case((col(Assessment.status) == Status.DRAFT, Assessment.saved_at))
    return (
        select(
            Assessment.firm_id,
            func.max(Assessment.submitted_at).label("submitted_at"),
            func.max(draft).label("drafted_at"),
        )
        .group_by(col(Assessment.firm_id))
        .subquery()
    )


def _accounts() -> Subquery:
    activated = case((col(Account.password_hash) != "", 1), else_=0)
    return (
        select(Account.firm_id, func.max(activated).label("activated"))
        .where(Account.kind == Kind.FIRM)
        .group_by(col(Account.firm_id))
        .subquery()
    )
