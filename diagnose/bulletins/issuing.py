"""Drafting, issuing and releasing: a publication is frozen with its files and never altered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import CursorResult, update
from sqlmodel import Session, col, select

from diagnose.bulletins.gathering import gather, last_of
from diagnose.bulletins.publishing import decide
from diagnose.bulletins.telling import Title, tell_bulletin, tell_published, tell_statistics
from diagnose.records import Actor, Firm, Publication, PublicationKind, note
from diagnose.records.claiming import first_of
from diagnose.refusing import Refused
from diagnose.storage import Store
from questionnaires.clock import day_of
from questionnaires.text import Language, Text
from reports.bulletins import Bulletin, render_docx, render_pdf

LANGUAGES: tuple[Language, ...] = ("zh", "en")
SHAPES: Mapping[str, Callable[[Bulletin, Language], bytes]] = {
    "pdf": render_pdf,
    "docx": render_docx,
}

TOO_EARLY = Text("该月尚未开始。", "That month has not begun.")
ISSUED = Text("该月通报已印发，不能再改。", "The bulletin of that month has been issued already.")
STALE = Text(
    "汇总之后又公布过其他数据。请重新汇总后再印发。",
    "Other figures were published since these were gathered. Gather them again, then issue.",
)
MEANWHILE = Text(
    "别人刚刚印发或修改了这期通报，请查看最新情况后再操作。",
    "Somebody issued or changed this bulletin meanwhile; look at how it stands now.",
)
AGAIN = Text(
    "本季度已于{day}公布过统计数据。两次公布相隔太近，容易用差额推出少数企业。确需再次公布，请写明理由。",
    "Statistics were published on {day}, in the same quarter. Two releases so close invite "
    "subtraction. If another one is needed, say why.",
)
SAME_DAY = Text("这一天的统计数据已经公布过。", "Statistics as of this day were published already.")


class IssueRefused(Refused):
    """What cannot be drafted, issued or released, and why."""


def draft_bulletin(
    session: Session, actor: Actor, district: str, month: date, today: date
) -> Publication:
    """Gather a month's figures into a draft, or anew into the one there is. The caller commits.

    Raises `IssueRefused` for a month to come and for one that was issued.
    """
    if month > today:
        raise IssueRefused(TOO_EARLY)
    row = _of_month(session, district, month)
    if row is not None and row.files:
        raise IssueRefused(ISSUED)
    figures = gather(session, district, month, today)
    day = date.fromisoformat(figures["day"])
    decided = decide(session, district, day, figures)
    published = decided.figures() | {"campaign": figures["campaign"]}
    gathered: dict[str, Any] = {
        "day": day,
        "issued_at": actor.moment,
        "figures": {"internal": figures, "published": published},
        "hidden": decided.hidden(),
    }
    if row is None:
        kind, number = PublicationKind.BULLETIN, _number(session, district, day)
        row = Publication(district=district, kind=kind, number=number, **gathered)
        with first_of(session, IssueRefused(MEANWHILE)):
            session.add(row)
    else:
        _write(session, row, **gathered)
    note(session, actor, "bulletin.gather", f"publication:{row.id}", day=day.isoformat())
    return row


def edit_foreword(session: Session, actor: Actor, row: Publication, text: str) -> None:
    """Keep the foreword of a draft. The caller commits."""
    if row.files:
        raise IssueRefused(ISSUED)
    _write(session, row, foreword=text)
    note(session, actor, "bulletin.edit", f"publication:{row.id}")


def issue_bulletin(session: Session, store: Store, actor: Actor, row: Publication) -> None:
    """Freeze a draft with its files. The caller commits.

    Raises `IssueRefused` where it was issued, or something else was since it was gathered.
    """
    if row.files:
        raise IssueRefused(ISSUED)
    if any(
        other.files and other.issued_at > row.issued_at for other in _all(session, row.district)
    ):
        raise IssueRefused(STALE)
    title = _title(session, row, day_of(actor.moment))
    editions = {
        "internal": tell_bulletin(title, row.figures["internal"]),
        "published": tell_published(title, row.figures["published"]),
    }
    files = _frozen(store, row, editions)
    _write(session, row, files=files, issued_by=actor.account_id, issued_at=actor.moment)
    note(session, actor, "bulletin.issue", f"publication:{row.id}", files=len(row.files))


def release_statistics(
    session: Session,
    store: Store,
    actor: Actor,
    district: str,
    day: date,
    *,
    again: str = "",
) -> Publication:
    """Publish statistics as of `day`; `again` says why a second time in one quarter.

    Raises `IssueRefused` where that is not said. The caller commits.
    """
    refuse_too_soon(session, district, day, again)
    figures = gather(session, district, day.replace(day=1), day)
    decided = decide(session, district, day, figures)
    row = Publication(
        district=district,
        kind=PublicationKind.STATISTICS,
        day=day,
        number=day.isoformat(),
        figures={"published": decided.figures()} | ({"again": again} if again else {}),
        hidden=decided.hidden(),
        issued_by=actor.account_id,
        issued_at=actor.moment,
    )
    with first_of(session, IssueRefused(SAME_DAY)):
        session.add(row)
    title = _title(session, row, day_of(actor.moment))
    row.files = _frozen(store, row, {"published": tell_statistics(title, row.figures["published"])})
    session.add(row)
    note(
        session, actor, "statistics.release", f"publication:{row.id}",
        day=day.isoformat(), withheld=decided.withheld, again=bool(again),
    )  # fmt: skip
    return row


def refuse_too_soon(session: Session, district: str, day: date, again: str) -> None:
    """Statistics are given out once a quarter; another time only for a reason."""
    for row in _all(session, district):
        if row.kind != PublicationKind.STATISTICS:
            continue
        if row.day == day:
            raise IssueRefused(SAME_DAY)
        if _quarter(row.day) == _quarter(day) and not again.strip():
            raise IssueRefused(AGAIN.format(day=row.day.isoformat()))


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


def _all(session: Session, district: str) -> list[Publication]:
    return list(session.exec(select(Publication).where(Publication.district == district)))


def _of_month(session: Session, district: str, month: date) -> Publication | None:
    return session.exec(
        select(Publication).where(
            Publication.district == district,
            Publication.kind == PublicationKind.BULLETIN,
            col(Publication.day) >= month,
            col(Publication.day) <= last_of(month),
        )
    ).first()


def _number(session: Session, district: str, day: date) -> str:
    """Issues are counted from the first of a year, drafts included."""
    known = [
        row
        for row in _all(session, district)
        if row.kind == PublicationKind.BULLETIN and row.day.year == day.year
    ]
    return str(len(known) + 1)


def _title(session: Session, row: Publication, dated: date) -> Title:
    invented = session.exec(
        select(Firm.id).where(Firm.district == row.district, col(Firm.fictional)).limit(1)
    ).first()
    return Title(row.district, row.number, dated, row.foreword, invented is not None)


def _write(session: Session, row: Publication, **columns: Any) -> None:
    """Set columns of a draft that still is as it was read: neither issued nor changed since."""
    result = session.exec(
        update(Publication)
        .where(
            col(Publication.id) == row.id,
            col(Publication.issued_at) == row.issued_at,
            col(Publication.foreword) == row.foreword,
        )
        .values(**columns)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    if result.rowcount == 0:
        raise IssueRefused(MEANWHILE)
    session.refresh(row)


def _frozen(store: Store, row: Publication, editions: Mapping[str, Bulletin]) -> dict[str, Any]:
    """Write every edition into the store. A second try writes new files beside abandoned ones."""
    files = {}
    for edition, told in editions.items():
        for language in LANGUAGES:
            for shape, render in SHAPES.items():
                content, name = render(told, language), f"{edition}.{language}.{shape}"
                digest = sha256(content).hexdigest()
                key = f"publications/{row.id}/{digest[:16]}.{name}"
                with suppress(FileExistsError):  # the very same bytes
                    store.put(key, content)
                files[name] = {"key": key, "sha256": digest, "size": len(content)}
    return files
