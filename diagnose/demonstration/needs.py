"""The census in the fictional district: what firms need, by where their answers are weak."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
from sqlalchemy import insert
from sqlmodel import Session, col, select

from diagnose.campaigns import current_campaign
from diagnose.demonstration.people import Cast
from diagnose.demonstration.scene import Scene
from diagnose.fictional.content import content
from diagnose.needs.prefilling import known_from, settled
from diagnose.records import (
    Actor,
    Answer,
    Assessment,
    Census,
    Firm,
    Need,
    NeedEntry,
    NeedStage,
    Origin,
    ProjectEntry,
    Status,
    note,
)
from diagnose.retrofits import bind_need, take_in

TAKING_PART = 0.6
STAGES = {"draft": 0.12, "submitted": 0.28, "checked": 0.6}
BECAME = {"open": 0.35, "matched": 0.35, "met": 0.15, "unmet": 0.08, "withdrawn": 0.07}
MOST_NEEDS = 3
WEAK = 2  # a scene at or below this level may be named as a need
PLANNING = 0.12
SAYS_MONEY, MAY_BE_SEEN = 0.75, 0.2
SHARES = {"match": 0.9, "contact": 0.8, "publish": 0.5}
POOLED = 8
MONEY = (3.3, 0.8)  # log-normal; median 27 万元


def show_needs(scene: Scene) -> None:
    """Let some sixty per cent of the firms fill in the census; the bureau has worked on it."""
    session, cast, day, rng = scene.session, scene.cast, scene.day, scene.rng
    answers = _answers(session)
    firms = [f for f in session.exec(select(Firm).order_by(col(Firm.id))) if f.id in answers]
    taking = [f for f in firms if rng.random() < TAKING_PART]
    heads = {account.firm_id: head for account, head in zip(cast.firms, cast.heads, strict=True)}
    campaign = current_campaign(session, cast.officer.district, day)
    sheets = [_sheet(f, answers[f.id or 0], heads, day, rng) for f in taking]
    for sheet in sheets:
        sheet.campaign_id = campaign.id if campaign else None
    session.add_all(sheets)
    session.flush()
    needs = [
        need | {"census_id": sheet.id, "firm_id": sheet.firm_id}
        for sheet in sheets
        for need in _needs(answers[sheet.firm_id], sheet.stage, day, rng)
    ]
    session.execute(insert(Need), needs)
    officer = Actor(cast.officer.id, at=_moment(day, 3))
    note(session, officer, "census.enter", firms=len(sheets), needs=len(needs))
    _pool_some(session, cast, officer)
    session.commit()


def _answers(session: Session) -> Mapping[int, Mapping[str, Any]]:
    """The answers of each firm's submitted sheet."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    rows = session.exec(
        select(Assessment.firm_id, Answer.question, Answer.value)
        .join(Assessment, col(Assessment.id) == Answer.assessment_id)
        .where(Assessment.status == Status.SUBMITTED, Answer.state == "answered")
        .order_by(col(Assessment.submitted_at), col(Assessment.id))
    )
    for firm_id, question, value in rows:
        found[firm_id][question] = value
    return found


def _sheet(
    firm: Firm,
    answers: Mapping[str, Any],
    heads: Mapping[int | None, str],
    day: date,
    rng: np.random.Generator,
) -> Census:
    stage = str(rng.choice([*STAGES], p=[*STAGES.values()]))
    known = known_from(answers)
    own = {
        "pains": {
            pain: {"severity": str(rng.integers(2, 6)), "loss": float(rng.integers(1, 40))}
            for pain in known.values.get("pains", ())
        }
    }
    moment = _moment(day, int(rng.integers(2, 60)))
    draft = stage == "draft"
    shares = [share for share, chance in SHARES.items() if rng.random() < chance]
    return Census(
        firm_id=firm.id or 0,
        stage=stage,
        facts=own if draft else settled(own, known),
        shares=[] if draft else shares,
        pledged_by="" if draft else heads.get(firm.id, ""),
        edition=3,
        started_at=moment - timedelta(hours=2),
        saved_at=moment,
        submitted_at=None if draft else moment,
    )


def _needs(
    answers: Mapping[str, Any], stage: str, day: date, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """Needs of one firm: of its weakest scenes, the weakest first."""
    said = content("needs")
    levels = {scene: int(answers[scene]) for scene in said["scenes"] if scene in answers}
    weak = sorted((s for s in levels if levels[s] <= WEAK), key=lambda s: (levels[s], rng.random()))
    count = int(rng.integers(1, MOST_NEEDS + 1))
    found = [_need(said["scenes"][s], s, stage, day, rng) for s in weak[:count]]
    if rng.random() < PLANNING:
        found.append(_plan(said["plans"], day, rng))
    return found


def _need(
    offered: Sequence[Mapping[str, Any]],
    scene: str,
    stage: str,
    day: date,
    rng: np.random.Generator,
) -> dict[str, Any]:
    said = offered[int(rng.integers(len(offered)))]
    budget = float(np.rint(rng.lognormal(*MONEY))) if rng.random() < SAYS_MONEY else None
    became = str(rng.choice([*BECAME], p=[*BECAME.values()])) if stage == "checked" else "open"
    entry = NeedEntry(
        name=said["name"],
        type=said["type"],
        scene=scene,
        urgency=int(rng.integers(1, 4)),
        wanted_on=day + timedelta(days=int(rng.integers(30, 400))),
        budget=budget,
        funding=str(rng.choice(["own", "loan", "grant", "lease", "open"])),
        services=str(rng.choice(["advice", "selection", "training,selection", "finance", ""])),
        ai=bool(said.get("ai", False)),
        open_to_visits=bool(rng.random() < MAY_BE_SEEN),
        content=str(rng.choice(content("needs")["content"])),
    )
    return entry.model_dump() | _became(became, said["type"], day, rng)


def _plan(
    offered: Sequence[Mapping[str, Any]], day: date, rng: np.random.Generator
) -> dict[str, Any]:
    said = offered[int(rng.integers(len(offered)))]
    whole = float(rng.integers(8, 60) * 10)
    begins = day + timedelta(days=int(rng.integers(-60, 120)))
    entry = NeedEntry(
        name=said["name"],
        type=said["type"],
        scene=said["scene"],
        planned=True,
        budget=whole,
        software=whole * said["software"],
        equipment=whole * said["equipment"],
        this_year=float(np.rint(whole * 0.4)),
        starts_on=begins,
        ends_on=begins + timedelta(days=240),
    )
    return entry.model_dump() | _became("open", said["type"], day, rng)


def _became(became: str, type_: str, day: date, rng: np.random.Generator) -> dict[str, Any]:
    """What became of a need; one without a type cannot have been matched."""
    stage = became if type_ or became in {"open", "withdrawn"} else "open"
    words = content("needs")["outcomes"].get(stage, [""])
    closed = stage in {"met", "unmet", "withdrawn"}
    return {
        "stage": stage,
        "matched_type": type_ if stage in {"matched", "met"} else "",
        "outcome": str(rng.choice(words)),
        "closed_at": _moment(day, 2) if closed else None,
        "edition": 0,
    }


def _pool_some(session: Session, cast: Cast, officer: Actor) -> None:
    """Take a handful of matched needs with money behind them into the pool."""
    found = session.exec(
        select(Need, Firm)
        .join(Firm, col(Firm.id) == Need.firm_id)
        .where(Need.stage == NeedStage.MATCHED, col(Need.budget).is_not(None))
        .order_by(col(Need.id))
        .limit(POOLED)
    ).all()
    for need, firm in found:
        cost = dict.fromkeys(("cost_low", "cost_mid", "cost_high"), need.budget)
        entry = ProjectEntry(type=need.matched_type, name=need.name, content=need.content, **cost)
        project = take_in(session, firm, entry, Origin.CENSUS, cast.officer, officer)
        bind_need(session, need, project, officer)


def _moment(day: date, before: int) -> datetime:
    return datetime.combine(day - timedelta(days=before), time(3), UTC)
