"""How far a campaign is, street by street: one statement, whatever the length of the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_
from sqlmodel import Session, col, select

from diagnose.campaigns.lights import Light, elapsed, light
from diagnose.coverage.counting import tenths
from diagnose.records import (
    Campaign,
    CampaignFirm,
    CampaignTarget,
    Diagnosis,
    Spell,
    Tag,
)
from diagnose.records.roster import Ground, Listing

STILL_DUE = (Listing.LISTED, Listing.BELOW, Listing.MERGED, Listing.SPLIT)


@dataclass(frozen=True, slots=True)
class Street:
    """A street's part of a campaign; `due` are its firms without those taken out with approval."""

    id: int | None
    name: str
    listed: int
    due: int
    done: int
    target: float
    due_on: date
    light: Light

    @property
    def wanted(self) -> int:
        """How many firms the target means."""
        return ceil(round(self.due * self.target / 100, 6))

    @property
    def gap(self) -> int:
        """How many are missing to the target."""
        return max(self.wanted - self.done, 0)

    @property
    def share(self) -> float | None:
        """Done per cent of what is due, cut to one decimal."""
        return tenths(self.done, self.due)


def street_table(session: Session, campaign: Campaign, day: date) -> list[Street]:
    """The streets of the frozen list, by name; firms without a street come last."""
    done, out = _done(campaign, day), _out(campaign, day)
    columns: list[Any] = [
        CampaignFirm.street_id,
        Tag.name,
        func.count(),
        func.sum(case((and_(out, not_(done)), 0), else_=1)),
        func.sum(case((done, 1), else_=0)),
    ]
    rows = session.execute(
        select(*columns)
        .select_from(CampaignFirm)
        .outerjoin(Tag, col(Tag.id) == CampaignFirm.street_id)
        .where(CampaignFirm.campaign_id == campaign.id)
        .group_by(col(CampaignFirm.street_id), col(Tag.name))
        .order_by(col(Tag.name).is_(None), col(Tag.name))
    ).all()
    targets = targets_of(session, campaign)
    return [_street(campaign, targets, day, row) for row in rows]


def in_all(campaign: Campaign, streets: Sequence[Street], day: date) -> Street:
    """The whole list as one line, measured by the campaign's own target and last day."""
    listed, due = sum(each.listed for each in streets), sum(each.due for each in streets)
    done = sum(each.done for each in streets)
    return _street(campaign, {}, day, (None, "", listed, due, done))


def targets_of(session: Session, campaign: Campaign) -> Mapping[int, CampaignTarget]:
    """The streets that have a target of their own."""
    rows = session.exec(select(CampaignTarget).where(CampaignTarget.campaign_id == campaign.id))
    return {row.street_id: row for row in rows}


def _street(
    campaign: Campaign, targets: Mapping[int, CampaignTarget], day: date, row: Any
) -> Street:
    street_id, name, listed, due, done = row
    own = targets.get(street_id or 0)
    target = own.target if own else campaign.target
    due_on = (own.due_on if own else None) or campaign.due_on
    share = elapsed(campaign.opens_on, due_on, day)
    return Street(
        street_id, name or "", listed, due, done, target, due_on,
        light(done, due * target / 100, share),
    )  # fmt: skip


def _done(campaign: Campaign, day: date) -> ColumnElement[bool]:
    """A report that was valid on `day`, or accepted since the campaign opened."""
    counted: ColumnElement[bool] = exists().where(
        col(Diagnosis.firm_id) == CampaignFirm.firm_id,
        col(Diagnosis.state).in_(("done", "expired")),
        col(Diagnosis.accepted_on) <= day,
        or_(
            col(Diagnosis.accepted_on) >= campaign.opens_on,
            col(Diagnosis.valid_until).is_(None),
            col(Diagnosis.valid_until) >= day,
        ),
    )
    return counted


def _out(campaign: Campaign, day: date) -> ColumnElement[bool]:
    """Closed, moved away, no industry any more, or exempt on `day`."""
    there: ColumnElement[bool] = exists().where(
        col(Spell.firm_id) == CampaignFirm.firm_id,
        col(Spell.district) == campaign.district,
        col(Spell.since) <= day,
        or_(col(Spell.until).is_(None), col(Spell.until) > day),
        col(Spell.listing).in_([int(listing) for listing in STILL_DUE]),
        col(Spell.ground) == int(Ground.NONE),
    )
    return not_(there)
