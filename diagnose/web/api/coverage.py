"""What the bureau's own systems may read of coverage."""

from __future__ import annotations

from sqlmodel import select
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.coverage import Frozen, Tally, count_coverage
from diagnose.records import Campaign
from diagnose.web.access import me
from diagnose.web.api.resources import resource
from diagnose.web.api.shapes import CoverageQuery, CoverageReply, FrozenRow, TallyRow
from diagnose.web.database import records
from questionnaires.clock import today
from questionnaires.text import Text

BEFORE = {"street": "region", "industry": "division"}
"""Parts that the first release of this address called otherwise."""
NOW = {called: part for part, called in BEFORE.items()}


@resource(
    "GET /coverage",
    Capability.COVERAGE,
    Text("覆盖率：某一天的诊断覆盖情况", "Coverage: how many are covered on a day"),
    query=CoverageQuery,
    gives=CoverageReply,
)
def coverage(query: CoverageQuery) -> CoverageReply:
    """Coverage of the district on a day, and of a campaign where one is named."""
    day, district = query.on or today(), me().district
    campaign = _campaign(district, query.campaign) if query.campaign else None
    found = count_coverage(records(), district, day, campaign)
    parts = {
        BEFORE.get(name, name): [_tally(one) for one in held] for name, held in found.by.items()
    }
    held = found.assessed
    return CoverageReply(
        district=found.district,
        day=found.day,
        total=_tally(found.total),
        by={name: rows for name, rows in parts.items() if query.by in {"", name, NOW.get(name)}},
        ever=found.ever,
        newcomers=found.newcomers,
        late=found.late,
        grounds={ground.name.lower(): count for ground, count in found.grounds.items()},
        states=dict(found.states),
        assessed=held and _frozen(held, found.listed, found.list_version),
    )


def _campaign(district: str, name: str) -> Campaign:
    """A campaign of the district by its name, with a frozen list; otherwise it is not there."""
    named = (Campaign.district == district, Campaign.name == name)
    found = records().exec(select(Campaign).where(*named)).first()
    if found is None or found.frozen_at is None:
        raise NotFound
    return found


def _frozen(held: Frozen, listed: int, version: str) -> FrozenRow:
    counts = {name: getattr(held, name) for name in ("firms", "out", "due", "done", "share")}
    return FrozenRow(list_version=version, listed=listed, **counts)


def _tally(found: Tally) -> TallyRow:
    return TallyRow(
        key=found.key,
        listed=found.listed,
        excluded=found.excluded,
        due=found.due,
        covered=found.covered,
        share=found.share,
        assessed=found.assessed,
    )
