"""The curve of coverage, drawn, with the points behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from markupsafe import Markup
from sqlmodel import Session

from diagnose.coverage import Panel
from diagnose.coverage.curve import (
    Forecast,
    Point,
    campaign_curve,
    campaign_forecast,
    dynamic_curve,
    forecast,
    planned,
)
from diagnose.records import Campaign
from diagnose.web.coverage.choosing import Chosen
from reports.drawings.curve import Curve, draw_curve
from reports.drawings.svg import to_svg

WIDTH, HEIGHT = 640.0, 240.0
SHOWN_AHEAD = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A curve as a picture and as points; `title` says whose it is, `outlook` where it leads."""

    title: str
    svg: Markup
    points: Sequence[Point]
    planned: bool
    ahead: bool
    outlook: Forecast


def drawn_curve(session: Session, panel: Panel, chosen: Chosen) -> Drawn | None:
    """The campaign's curve beside its plan, or the dynamic one with its forecast."""
    campaign = chosen.campaign
    if campaign is not None and campaign.opens_on <= chosen.day:
        points = campaign_curve(session, panel, campaign, chosen.day)
        title = _("%(name)s: assessed coverage beside the plan", name=campaign.name)
        outlook = campaign_forecast(session, panel, campaign, chosen.day)
        return _drawn(title, points, outlook, _plan(campaign, chosen.day))
    points = dynamic_curve(panel, chosen.day)
    title = _("Dynamic coverage month by month")
    return _drawn(title, points, forecast(panel, chosen.day))


def _drawn(
    title: str,
    points: Sequence[Point],
    outlook: Forecast,
    plan: Sequence[tuple[date, float]] = (),
) -> Drawn | None:
    reached = [(point.day, share) for point in points if (share := point.share) is not None]
    if not reached:
        return None
    ahead = _ahead(reached[-1], outlook)
    drawing = draw_curve(Curve(reached, plan, ahead), WIDTH, HEIGHT, title)
    svg = Markup(to_svg(drawing))  # noqa: S704  # every text in it is escaped
    return Drawn(title, svg, points, bool(plan), bool(ahead), outlook)


def _plan(campaign: Campaign, day: date) -> list[tuple[date, float]]:
    ends = (campaign.opens_on, campaign.due_on, max(day, campaign.due_on))
    return [(each, planned(campaign, each)) for each in ends]


def _ahead(last: tuple[date, float], outlook: Forecast) -> list[tuple[date, float]]:
    """From the last point to the day of full coverage, where that is near enough to be drawn."""
    full = outlook.day
    if full is None or not last[0] < full <= last[0] + SHOWN_AHEAD:
        return []
    return [last, (full, 100.0)]
