"""Which day and which campaign a page of coverage is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from diagnose.records import Campaign, CampaignStage
from questionnaires.clock import today

FIRST, LAST = 1950, 2199
"""Years that a roster may be asked for."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A day and a campaign, as addresses carry them; `asked` is a day that was not understood."""

    day: date
    campaign: Campaign | None
    campaigns: Sequence[Campaign]
    asked: str = ""

    def arguments(self, **more: str | int) -> dict[str, str | int]:
        """What an address needs to say the same again."""
        kept: dict[str, str | int] = {}
        if self.day != today():
            kept["on"] = self.day.isoformat()
        if self.campaign is not None:
            kept["campaign"] = self.campaign.id or 0
        elif self.campaigns:
            kept["campaign"] = 0
        return kept | more


def choose(session: Session, district: str, given: Mapping[str, str]) -> Chosen:
    """What was asked for: today and the campaign of that day where nothing was.

    “campaign=0” asks for none.
    """
    day, asked = _day(given.get("on", "").strip())
    own = (Campaign.district == district, Campaign.stage != CampaignStage.DRAFT)
    latest = (col(Campaign.opens_on).desc(), col(Campaign.id).desc())
    campaigns = session.exec(select(Campaign).where(*own).order_by(*latest)).all()
    wanted = given.get("campaign", "").strip()
    found = [each for each in campaigns if str(each.id) == wanted]
    if not found and not wanted:
        found = [each for each in campaigns if each.opens_on <= day]
    return Chosen(day, found[0] if found else None, campaigns, asked)


def _day(text: str) -> tuple[date, str]:
    if not text:
        return today(), ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today(), text[:40]
    return (day, "") if FIRST <= day.year <= LAST else (today(), text[:40])
