"""Finding campaigns."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from diagnose.records import Campaign, CampaignStage


def current_campaign(session: Session, district: str, day: date) -> Campaign | None:
    """The campaign a district works to on `day`: the one opened last, over or not; None: none."""
    return session.exec(
        select(Campaign)
        .where(
            Campaign.district == district,
            Campaign.stage != CampaignStage.DRAFT,
            Campaign.opens_on <= day,
        )
        .order_by(col(Campaign.opens_on).desc(), col(Campaign.id).desc())
    ).first()


def campaigns_of(session: Session, district: str) -> list[Campaign]:
    """The campaigns of a district, the latest first."""
    return list(
        session.exec(
            select(Campaign)
            .where(Campaign.district == district)
            .order_by(col(Campaign.opens_on).desc(), col(Campaign.id).desc())
        )
    )
