"""Streets of a campaign beside the line they should be on by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from diagnose.campaigns.lights import Light, elapsed, light
from diagnose.coverage import Coverage, Frozen
from diagnose.records import Campaign, CampaignTarget
from diagnose.web.coverage.choosing import Chosen

ORDER = (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY)


@dataclass(frozen=True, slots=True)
class Unit:
    """A street: what it did, what the plan asks for by now and at the end, per cent."""

    frozen: Frozen
    target: float
    expected: float
    due_on: date
    light: Light


def units(session: Session, chosen: Chosen, found: Coverage) -> Sequence[Unit]:
    """The streets of the chosen campaign, those that lag most first."""
    if chosen.campaign is None or found.assessed is None:
        return ()
    query = select(CampaignTarget).where(CampaignTarget.campaign_id == chosen.campaign.id)
    targets = {row.street_id: row for row in session.exec(query)}
    held = [
        _unit(chosen.campaign, targets.get(street.code), street, chosen.day)
        for street in found.streets
    ]
    return sorted(held, key=lambda unit: (ORDER.index(unit.light), unit.frozen.share or 0))


def _unit(campaign: Campaign, own: CampaignTarget | None, street: Frozen, day: date) -> Unit:
    target = own.target if own else campaign.target
    due_on = (own.due_on if own else None) or campaign.due_on
    gone = elapsed(campaign.opens_on, due_on, day)
    wanted = street.due * target / 100
    return Unit(street, target, target * gone, due_on, light(street.done, wanted, gone))
