"""What is written when a campaign is changed; the caller's district is the only one touched."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select
from werkzeug.exceptions import NotFound

from diagnose.campaigns.lists import thaw
from diagnose.records import Campaign, CampaignEntry, CampaignTarget, note
from diagnose.records.claiming import claim, first_of
from diagnose.web.access import LARGEST_ID, actor, me, refuse_and_note
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile


class NameTaken(Exception):  # names what the officer meets
    """The district has a campaign of this name."""


def find_campaign(number: int) -> Campaign:
    """The campaign of the officer's own district; another's is not there, and asking is logged."""
    found = records().get(Campaign, number) if number <= LARGEST_ID else None
    if found is None:
        raise NotFound
    if found.district != me().district:
        refuse_and_note("access.foreign", f"campaign:{number}")
        raise NotFound
    return found


def add(session: Session, entry: CampaignEntry, standards: list[str]) -> Campaign:
    """Make a campaign of the officer's district, a draft; commits."""
    _free_name(session, entry.name, None)
    held = entry.model_dump() | {"district": me().district, "standards": standards}
    campaign = Campaign.model_validate(held)
    with first_of(session, NameTaken()):
        session.add(campaign)
    note(session, actor(), "campaign.add", f"campaign:{campaign.id}")
    session.commit()
    return campaign


def change(session: Session, campaign: Campaign, changes: Mapping[str, Any], edition: int) -> None:
    """Change what a campaign says of itself; commits, or raises `ChangedMeanwhile`.

    A list of another base day than the new one is dropped.
    """
    _free_name(session, str(changes.get("name", campaign.name)), campaign.id)
    take(session, campaign, edition)
    fields = sorted(name for name, value in changes.items() if getattr(campaign, name) != value)
    if "base_on" in fields and campaign.frozen_at is not None:
        thaw(session, actor(), campaign)
    for name in fields:
        setattr(campaign, name, changes[name])
    note(session, actor(), "campaign.change", f"campaign:{campaign.id}", fields=fields)
    session.commit()


def set_targets(
    session: Session,
    campaign: Campaign,
    targets: Mapping[int, tuple[float | None, date | None]],
    edition: int,
) -> None:
    """Replace the streets' own targets; commits, or raises `ChangedMeanwhile`."""
    take(session, campaign, edition)
    session.exec(delete(CampaignTarget).where(col(CampaignTarget.campaign_id) == campaign.id))
    own = {street: pair for street, pair in targets.items() if any(pair)}
    session.add_all(
        CampaignTarget(
            campaign_id=campaign.id or 0,
            street_id=street,
            target=share or campaign.target,
            due_on=due_on,
        )
        for street, (share, due_on) in own.items()
    )
    note(session, actor(), "campaign.targets", f"campaign:{campaign.id}", streets=len(own))
    session.commit()


def hold(session: Session, campaign: Campaign, edition: int) -> None:
    """Keep others from writing a campaign that is as the page showed it, for a step that counts on.

    Raises `ChangedMeanwhile` where somebody else was faster.
    """
    take(session, campaign, edition, on=0)


def take(session: Session, campaign: Campaign, edition: int, on: int = 1) -> None:
    """Take the next edition of a campaign, or find that somebody else was faster."""
    if not claim(session, campaign, edition, advance=on):
        session.rollback()
        raise ChangedMeanwhile


def _free_name(session: Session, name: str, own: int | None) -> None:
    taken = session.exec(
        select(Campaign.id).where(Campaign.district == me().district, Campaign.name == name)
    ).first()
    if taken is not None and taken != own:
        raise NameTaken
