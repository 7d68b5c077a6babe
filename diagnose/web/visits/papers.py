"""The record of a visit as a paper, from what is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from diagnose.records import Diagnosis, Firm, Provider, Visit
from diagnose.web.assessments.wording import in_words
from diagnose.web.verification.sheets import Verified, read_verified
from questionnaires.clock import HERE, day_of, today
from questionnaires.model import Question
from questionnaires.text import Text
from reports.papers import Checked, Difference, Pair, Present, Record
from reports.papers.sheet import say


def record_of(session: Session, diagnosis: Diagnosis, firm: Firm, visit: Visit | None) -> Record:
    """The record of a visit; without one, an empty form for the field."""
    read = read_verified(session, diagnosis, firm) if diagnosis.assessment_id else None
    provider = session.get(Provider, diagnosis.provider_id) if diagnosis.provider_id else None
    return Record(
        number=diagnosis.number,
        firm=firm.name,
        uscc=firm.uscc,
        provider=provider.name if provider else "",
        dated=today(),
        **_filled(visit),
        agenda=_agenda(read, blank=visit is None) if read else (),
        differences=_differences(read) if read and visit else (),
        fictional=firm.fictional,
    )


def _filled(visit: Visit | None) -> dict[str, Any]:
    held = visit or Visit(diagnosis_id=0, planned_on=today())
    clock = [at.astimezone(HERE).strftime("%H:%M") if at else "" for at in _times(visit)]
    return {
        "day": _day(visit),
        "began": clock[0],
        "ended": clock[1],
        "place": held.place,
        "photos_allowed": visit.photos_allowed if visit and visit.started_at else None,
        "people": tuple(
            Present(who["side"], who["name"], who.get("department", ""), who.get("post", ""))
            for who in held.people
        ),
        "opening": held.opening,
        "interviews": tuple(Pair(i["who"], i.get("points", "")) for i in held.interviews),
        "workshops": tuple(Pair(w["name"], w.get("seen", "")) for w in held.workshops),
        "documents": tuple(Pair(d["title"], _fate(d.get("kept", False))) for d in held.documents),
        "wishes": held.wishes,
        "limits": held.limits,
        "closing": held.closing,
    }


def _times(visit: Visit | None) -> tuple[datetime | None, datetime | None]:
    return (visit.started_at, visit.ended_at) if visit else (None, None)


def _day(visit: Visit | None) -> str:
    if visit is None:
        return ""
    day = day_of(visit.started_at) if visit.started_at else visit.planned_on
    return day.isoformat()


def _fate(kept: bool) -> Text:
    return say("record.document_kept" if kept else "record.document_seen")


def _agenda(read: Verified, *, blank: bool) -> tuple[Checked, ...]:
    return tuple(
        Checked(
            row.number,
            row.question.label,
            tuple(say(f"record.ground.{reason.ground}") for reason in row.entry.reasons),
            row.entry.proof,
            _words(row.question, row.own),
            None if blank or row.found is None else not row.found.changed,
        )
        for row in (read.rows[question] for question in read.agenda.questions)
        if row.entry is not None
    )


def _differences(read: Verified) -> tuple[Difference, ...]:
    return tuple(
        Difference(
            row.number,
            row.question.label,
            _words(row.question, row.own),
            _words(row.question, row.found.raw),
            row.found.why,
        )
        for row in read.rows.values()
        if row.found is not None and row.found.changed
    )


def _words(question: Question, raw: object) -> Text:
    """An answer in both languages; its states in that of the page."""
    return Text(in_words(question, raw, "zh"), in_words(question, raw, "en"))
