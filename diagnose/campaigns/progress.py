"""How far a campaign is, street by street, against its targets and the time that is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlmodel import Session, select

from diagnose.campaigns.lights import Light, elapsed, light
from diagnose.coverage import Coverage, Frozen
from diagnose.coverage.counting import tenths
from diagnose.records import Campaign, CampaignTarget


@dataclass(frozen=True, slots=True)
class Street:
    """A street's part of a campaign: who stands for its list by now, and who of them is due.

    `expected` is what the plan asks for by the day, per cent; `oldest` who waits longest, and since
    when.
    """

    id: int
    name: str
    listed: int
    due: int
    done: int
    target: float
    expected: float
    due_on: date
    light: Light
    oldest: tuple[int, date] | None

    @property
    def wanted(self) -> int:
        """How many firms the target means."""
        return ceil(round(self.due * self.target / 100, 6))

    @property
    def gap(self) -> int:
        """How many are missing to the target."""
        return max(self.wanted - self.done, 0)

    @property
    def open(self) -> int:
        """How many are still to be diagnosed."""
        return self.due - self.done

    @property
    def share(self) -> float | None:
        """Done per cent of what is due, cut to one decimal."""
        return tenths(self.done, self.due)


def street_table(session: Session, campaign: Campaign, coverage: Coverage) -> list[Street]:
    """The streets of the frozen list, by name; firms without a street come last."""
    targets = targets_of(session, campaign)
    return [_street(campaign, targets, coverage.day, part) for part in coverage.streets]


def in_all(campaign: Campaign, coverage: Coverage) -> Street | None:
    """The whole list as one line, measured by the campaign's own target and last day."""
    if coverage.assessed is None:
        return None
    return _street(campaign, {}, coverage.day, coverage.assessed)


def targets_of(session: Session, campaign: Campaign) -> Mapping[int, CampaignTarget]:
    """The streets that have a target of their own."""
    rows = session.exec(select(CampaignTarget).where(CampaignTarget.campaign_id == campaign.id))
    return {row.street_id: row for row in rows}


def _street(
    campaign: Campaign, targets: Mapping[int, CampaignTarget], day: date, part: Frozen
) -> Street:
    own = targets.get(part.code)
    target = own.target if own else campaign.target
    due_on = (own.due_on if own else None) or campaign.due_on
    share = elapsed(campaign.opens_on, due_on, day)
    return Street(
        part.code, part.key, part.firms, part.due, part.done, target, target * share, due_on,
        light(part.done, part.due * target / 100, share), part.oldest,
    )  # fmt: skip
