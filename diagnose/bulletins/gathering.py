"""A month's figures of a district, as plain values that can be kept as they were."""

from __future__ import annotations

import calendar
from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from diagnose.bulletins.counting import (
    count_cells,
    covered_or_open,
    money_by_firm,
    provider_names,
)
from diagnose.bulletins.lists import changes_of, due_after, exclusions_of
from diagnose.bulletins.progress import oldest_open, street_targets, unit_lines
from diagnose.bulletins.tasks import task_lines
from diagnose.campaigns.finding import current_campaign
from diagnose.coverage import Figures as Counted
from diagnose.coverage import count_coverage, figures_of
from diagnose.coverage.counting import tag_names
from diagnose.coverage.curve import campaign_curve
from diagnose.records import Campaign, Firm, Month, Project, Stage
from diagnose.retrofits.conversion import count_conversion
from diagnose.retrofits.past import stages_on

Figures = dict[str, Any]

POOLED = (Stage.POOLED,)
UNDER_WAY = (Stage.CONTRACTED, Stage.UNDER_WAY, Stage.FINISHED, Stage.TO_MEND)
PASSED = (Stage.PASSED, Stage.EFFECTIVE, Stage.CANDIDATE, Stage.BENCHMARK)


def last_of(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def gather(session: Session, district: str, month: date, today: date) -> Figures:
    """The figures of `month` (its first day) as they stand on its last day, or today if earlier."""
    day = min(last_of(month), today)
    campaign = current_campaign(session, district, day)
    found = figures_of(session, district, day, campaign)
    coverage = count_coverage(session, district, day, campaign)
    total, assessed = coverage.total, coverage.assessed
    return {
        "month": month.isoformat(),
        "day": day.isoformat(),
        "campaign": {"name": campaign.name, "list": campaign.list_version} if campaign else None,
        "coverage": {
            "listed": total.listed,
            "excluded": total.excluded,
            "many_excluded": total.many_excluded,
            "dynamic": [total.covered, total.due],
            "assessed": [assessed.done, assessed.due] if assessed else None,
            "ever": coverage.ever,
        },
        **_units(session, found, campaign, day),
        "funnel": {str(state): number for state, number in coverage.states.items()},
        "curve": _curve(session, found, campaign, day),
        "projects": _projects(session, district, month, day),
        "changes": changes_of(session, district, month, day),
        "exclusions": exclusions_of(session, found),
        "tasks": task_lines(session, district, day),
        "ahead": due_after(session, district, day),
    }


def _units(session: Session, found: Counted, campaign: Campaign | None, day: date) -> Figures:
    """Streets and providers, a line each."""
    cells, district = count_cells(session, found), found.panel.district
    streets, providers = tag_names(session, district), provider_names(session)
    return {
        "streets": unit_lines(
            covered_or_open(cells, lambda cell: cell.street),
            oldest_open(session, found, "street", streets),
            campaign,
            day,
            street_targets(session, campaign),
        ),
        "providers": unit_lines(
            covered_or_open(cells, lambda cell: cell.provider),
            oldest_open(session, found, "provider", providers),
            campaign,
            day,
        ),
    }


def _curve(session: Session, found: Counted, campaign: Campaign | None, day: date) -> list[Figures]:
    """The campaign's figure at the ends of its months beside its plan."""
    if campaign is None or campaign.frozen_at is None:
        return []
    points = campaign_curve(session, found.panel, campaign, day)
    return [
        {"day": one.day.isoformat(), "done": one.done, "due": one.due, "planned": one.planned}
        for one in points
    ]


def _projects(session: Session, district: str, month: date, day: date) -> Figures:
    conversion = count_conversion(session, district, day).due
    stages = Counter(stages_on(session, district, day).values())
    money = money_by_firm(session, district, day)
    return {
        "conversion": [conversion.converted, conversion.firms] if conversion else None,
        "pooled": sum(stages[stage] for stage in POOLED),
        "under_way": sum(stages[stage] for stage in UNDER_WAY),
        "passed": sum(stages[stage] for stage in PASSED),
        "untold": stages[None],
        "contracted": round(sum(money["contracted"].values()), 1),
        "spent": round(sum(money["spent"].values()), 1),
        "spent_month": round(_spent(session, district, month), 1),
    }


def _spent(session: Session, district: str, month: date) -> float:
    return float(
        session.exec(
            select(func.coalesce(func.sum(Month.spent), 0.0))
            .join(Project, col(Project.id) == Month.project_id)
            .join(Firm, col(Firm.id) == Project.firm_id)
            .where(Firm.district == district, Month.month == month)
        ).one()
    )
