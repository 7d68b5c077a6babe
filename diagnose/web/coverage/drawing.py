"""The curve of coverage, drawn, with the points behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from markupsafe import Markup
from sqlmodel import Session

from diagnose.coverage import Panel
from diagnose.coverage.curve import Point, campaign_curve, dynamic_curve, forecast, planned
from diagnose.records import Campaign
from diagnose.web.coverage.choosing import Chosen
from reports.drawings.curve import Curve, draw_curve
from reports.drawings.svg import to_svg

WIDTH, HEIGHT = 640.0, 240.0
SHOWN_AHEAD = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A curve as a picture and as points; `title` says whose it is."""

    title: str
    svg: Markup
    points: Sequence[Point]
    planned: bool


def drawn_curve(session: Session, panel: Panel, chosen: Chosen) -> Drawn | None:
    """The campaign's curve beside its plan, or the dynamic one with its forecast."""
    campaign = chosen.campaign
    if campaign is not None and campaign.opens_on <= chosen.day:
        points = campaign_curve(session, panel, campaign, chosen.day)
        title = _("%(name)s: assessed coverage beside the plan", name=campaign.name)
        return _drawn(title, points, plan=_plan(campaign, chosen.day))
    points = dynamic_curve(panel, chosen.day)
    title = _("Dynamic coverage month by month")
    return _drawn(title, points, ahead=_ahead(panel, points))


def _drawn(
    title: str,
    points: Sequence[Point],
    plan: Sequence[tuple[date, float]] = (),
    ahead: Sequence[tuple[date, float]] = (),
) -> Drawn | None:
    reached = [(point.day, share) for point in points if (share := point.share) is not None]
    if not reached:
        return None
    drawing = draw_curve(Curve(reached, plan, ahead), WIDTH, HEIGHT, title)
    svg = Markup(to_svg(drawing))  # noqa: S704  # every text in it is escaped
    return Drawn(title, svg, points, bool(plan))


def _plan(campaign: Campaign, day: date) -> list[tuple[date, float]]:
    ends = (campaign.opens_on, campaign.due_on, max(day, campaign.due_on))
    return [(each, planned(campaign, each)) for each in ends]


def _ahead(panel: Panel, points: Sequence[Point]) -> list[tuple[date, float]]:
    """From the last point to the day of full coverage, where that is near enough to be drawn."""
    if not points or (last := points[-1].share) is None:
        return []
    day = points[-1].day
    full = forecast(panel, day).day
    if full is None or not day < full <= day + SHOWN_AHEAD:
        return []
    return [(day, last), (full, 100.0)]
