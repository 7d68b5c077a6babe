"""What is written when a firm answers a report."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlmodel import Session
from werkzeug.datastructures import FileStorage

from diagnose.records import Purpose, Remark, note
from diagnose.records.columns import now
from diagnose.web.access import actor, me
from diagnose.web.attachments.operations import take
from diagnose.web.confirmations.items import Item
from diagnose.web.confirmations.sent_reports import Sent
from diagnose.web.editions import ChangedMeanwhile
from diagnose.workflow import State, Wanted, move
from questionnaires.clock import HERE, day_of

LONGEST = 3000


def say(session: Session, sent: Sent, item: Item, seen: str, *, agreed: bool, text: str) -> None:
    """Keep what the firm says of an item.

    Objecting again to what the provider has answered opens the matter anew; what was said before
    is quoted below, so that nothing is lost.
    """
    if item.seen != seen:
        raise ChangedMeanwhile
    assert sent.report.id is not None
    row = item.remark or Remark(report_id=sent.report.id, item=item.key, agreed=agreed)
    again = not agreed and bool(row.answer) and text != row.text
    if again:
        text = f"{text}\n\n{_quoted(row.text)}\n\n{_quoted(row.answer)}"[:LONGEST]
        row.answer, row.answered_at = "", None
    row.agreed, row.text, row.said_at = agreed, text, now()
    session.add(row)
    session.flush()
    note(
        session,
        actor(),
        "report.remark",
        f"report:{sent.report.id}",
        firm_id=sent.diagnosis.firm_id,
        item=item.key,
        agreed=agreed,
    )
    session.commit()


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())


def object_to(session: Session, sent: Sent, edition: int) -> State:
    """Send the objections to the provider."""
    state = move(session, sent.diagnosis, Wanted("object", edition=edition), me(), actor())
    session.commit()
    return state


def confirm(
    session: Session,
    sent: Sent,
    edition: int,
    signature: tuple[str, str, date],
    scan: FileStorage | None,
) -> State:
    """Sign the report in the name of the firm and hand it on to review."""
    report = sent.report
    report.signed_by, report.signed_post, day = signature
    report.signed_at = _moment(day)
    if scan is not None:
        row = take(
            session,
            scan,
            firm_id=sent.diagnosis.firm_id,
            diagnosis_id=sent.diagnosis.id,
            purpose=Purpose.CONFIRMATION,
        )
        report.scan_id = row.id
    session.add(report)
    session.flush()
    note(
        session,
        actor(),
        "report.sign",
        f"report:{report.id}",
        firm_id=sent.diagnosis.firm_id,
        version=report.version,
    )
    state = move(session, sent.diagnosis, Wanted("confirm", edition=edition), me(), actor())
    session.commit()
    return state


def _moment(day: date) -> datetime:
    """Now where somebody signs today, otherwise noon of that day."""
    moment = now()
    if day == day_of(moment):
        return moment
    return datetime.combine(day, time(12), HERE)
