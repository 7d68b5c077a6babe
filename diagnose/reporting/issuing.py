"""Issuing a version: everything rendered once, kept in the store, never changed again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlmodel import Session, select

from diagnose.pool import Pool
from diagnose.reading import judge
from diagnose.records import Account, Actor, Basis, Diagnosis, Judgement, Report, note
from diagnose.records.columns import now
from diagnose.records.judgement import judgement_row
from diagnose.reporting.assessing import quality_of, written
from diagnose.reporting.gathering import Gathered, gather
from diagnose.reporting.telling import Imprint, report_number, tell
from diagnose.storage import Store
from models.scoring.results import Scores
from questionnaires.text import LANGUAGES, Language
from reports.dossier import Dossier
from reports.dossier.opening import open_edition
from reports.html import render as render_html
from reports.pdf import render as render_pdf
from reports.word import render_word

MEDIA = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
RENDERERS: Mapping[str, Callable[[Dossier, Language], bytes]] = {
    "pdf": render_pdf,
    "html": lambda dossier, language: render_html(dossier, language).encode(),
    "docx": render_word,
}
OPEN = ("pdf", "html")
"""The kinds in which there is an edition that may leave the firm and its provider."""

CODE_GROUPS = 3
Keep = Callable[[Dossier, Store, str, str], dict[str, Any]]


def keep(dossier: Dossier, store: Store, folder: str, code: str) -> dict[str, Any]:
    """Render every edition into the store; what each is called, its hash and its size."""
    files: dict[str, Any] = {}
    opened = open_edition(dossier, judge().scorer)
    for language in LANGUAGES:
        told = {f"{language}.{kind}": (kind, dossier) for kind in RENDERERS}
        told |= {open_name(language, kind): (kind, opened) for kind in OPEN}
        for edition, (kind, telling) in told.items():
            content = RENDERERS[kind](telling, language)
            key = f"{folder}/{code}-{edition}"
            # What is there already was left by a try that ended before it was recorded. The code
            # follows from the content, so it is the same.
            with suppress(FileExistsError):
                store.put(key, content)
            held = {"key": key, "sha256": sha256(content).hexdigest(), "size": len(content)}
            files[edition] = held
    return files


@dataclass(frozen=True, slots=True)
class Issue:
    """Who issues a version, on which day, compared with which firms, into which store.

    `actor.at` is the moment, where it is not now. `keep` renders the editions into the store.
    """

    account: Account | None
    actor: Actor
    day: date
    pool: Pool
    store: Store
    keep: Keep = keep


def issue(session: Session, diagnosis: Diagnosis, how: Issue) -> Report:
    """Freeze the report as it stands as the next version; the caller commits."""
    held = gather(session, diagnosis)
    version = held.latest.version + 1 if held.latest else 1
    draft = tell(held, how.day, how.pool)
    code = _code(version, draft)
    dossier = tell(held, how.day, how.pool, Imprint(version, code))
    own = judge().scorer.score(held.sheet(held.own))
    verified = judge().scorer.score(held.sheet(held.judged))
    report = Report(
        diagnosis_id=_key(diagnosis),
        number=report_number(diagnosis),
        version=version,
        dated=how.day,
        standard=verified.standard.id,
        standard_version=verified.standard.version,
        self_score=float(own.score[0]),
        self_level=int(own.level[0]),
        score=float(verified.score[0]),
        level=int(verified.level[0]),
        files=how.keep(dossier, how.store, f"reports/{report_number(diagnosis)}/{version}", code),
        quality=quality_of(session, held, draft, how.day).as_data(),
        code=code,
        text=written(held),
        issued_by=how.account.id if how.account else None,
        issued_at=how.actor.at or now(),
    )
    session.add(report)
    _judge_anew(session, held, verified)
    session.flush()
    note(
        session,
        how.actor,
        "report.issue",
        f"report:{report.id}",
        firm_id=diagnosis.firm_id,
        version=version,
        diagnosis=diagnosis.id,
    )
    return report


def open_name(language: str, kind: str) -> str:
    """What the open edition is called among the files of a report, e.g. “zh.open.pdf”."""
    return f"{language}.open.{kind}"


def full_editions(report: Report) -> list[str]:
    """The editions for the firm and its provider."""
    return sorted(set(report.files) - set(open_editions(report)))


def open_editions(report: Report) -> list[str]:
    """The editions for the bureau and reviewers, without security weaknesses."""
    ours = {open_name(language, kind) for language in LANGUAGES for kind in OPEN}
    return sorted(ours & set(report.files))


def find_version(session: Session, digest: str) -> tuple[Report, str] | None:
    """The issued version that holds a file of this SHA-256, and which edition it is."""
    for report in session.exec(select(Report)):
        for edition, held in report.files.items():
            if held["sha256"] == digest:
                return report, edition
    return None


def _key(diagnosis: Diagnosis) -> int:
    assert diagnosis.id is not None
    return diagnosis.id


def _code(version: int, dossier: Dossier) -> str:
    """Three groups of four that follow from the whole content."""
    digest = sha256(f"{version}|{dossier!r}".encode("utf-8", "surrogatepass")).hexdigest().upper()
    return "-".join(digest[4 * at : 4 * at + 4] for at in range(CODE_GROUPS))


def _judge_anew(session: Session, held: Gathered, scores: Scores) -> None:
    """Keep what the verified answers yield, in place of what they yielded before."""
    assert held.assessment.id is not None
    for old in session.exec(
        select(Judgement).where(
            Judgement.assessment_id == held.assessment.id,
            Judgement.standard == scores.standard.id,
            Judgement.basis == Basis.VERIFIED,
        )
    ):
        session.delete(old)
    session.flush()
    row = judgement_row(held.assessment.id, scores, 0, Basis.VERIFIED)
    session.add(Judgement.model_validate(row))
