"""What the fictional bureau gave out, and what firms said of their providers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np
from sqlmodel import Session, col, select

from diagnose.bulletins import (
    draft_bulletin,
    edit_foreword,
    issue_bulletin,
    release_statistics,
)
from diagnose.demonstration.scene import Scene
from diagnose.records import Actor, Diagnosis, Firm, Rating, Report, note
from questionnaires.clock import HERE

FOREWORD = (
    "本期通报为演示数据。各街道、园区请对照进度表，优先安排尚未预约的企业；服务机构请按时提交报告。"
)
LIKED = (0.03, 0.07, 0.2, 0.4, 0.3)  # of five marks, from 1 to 5
WORDS = {
    1: "现场时间太短，报告里的建议与本厂工艺不符。",
    2: "推荐的软件都出自同一家公司，希望多给几种选择。",
    5: "诊断师熟悉本行业，问题说得准。",
}
RATED = 0.6  # of the firms that confirmed their report


def show_bulletins(scene: Scene) -> None:
    """Ratings, last month's bulletin, and statistics as of its last day."""
    session, store, cast, day, rng = scene.session, scene.store, scene.cast, scene.day, scene.rng
    district = cast.officer.district
    _rate(session, district, rng)
    first = day.replace(day=1)
    month = (first - timedelta(days=1)).replace(day=1)
    issued = Actor(cast.officer.id, at=_noon(first, 4, day))
    row = draft_bulletin(session, issued, district, month, day)
    edit_foreword(session, issued, row, FOREWORD)
    issue_bulletin(session, store, issued, row)
    released = Actor(cast.officer.id, at=_noon(first, 9, day))
    release_statistics(session, store, released, district, first - timedelta(days=1))
    session.flush()


def _noon(first: date, days: int, last: date) -> datetime:
    """Noon some days after `first`, but not after the last day."""
    return datetime.combine(min(first + timedelta(days=days), last), time(12 + days), HERE)


def _rate(session: Session, district: str, rng: np.random.Generator) -> None:
    rows = session.exec(
        select(Diagnosis, Report)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .join(Report, col(Report.diagnosis_id) == Diagnosis.id)
        .where(Firm.district == district, col(Report.signed_at).is_not(None))
        .order_by(col(Diagnosis.id), col(Report.version))
    )
    confirmed = {diagnosis.id: (diagnosis, report) for diagnosis, report in rows}
    for diagnosis, report in confirmed.values():
        if rng.random() < RATED and report.signed_at is not None:
            moment = report.signed_at + timedelta(minutes=10)
            satisfaction, neutral = (int(mark) for mark in rng.choice(5, 2, p=LIKED) + 1)
            session.add(
                Rating(
                    diagnosis_id=diagnosis.id or 0,
                    satisfaction=satisfaction,
                    neutral=neutral,
                    text=WORDS.get(satisfaction, ""),
                    said_at=moment,
                )
            )
            note(
                session, Actor(at=moment), "rating.say", f"diagnosis:{diagnosis.id}",
                firm_id=diagnosis.firm_id, satisfaction=satisfaction, neutral=neutral,
            )  # fmt: skip
    session.flush()
