"""What a report says, item by item, with what the firm and the provider said of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from diagnose.planning.wording import worded
from diagnose.reading import judge, questionnaire, raw_answers, verifications
from diagnose.records import Finding, Project, Remark, Report
from diagnose.web.assessments.wording import in_words
from diagnose.web.confirmations.sent_reports import Sent
from diagnose.web.languages import language, told
from questionnaires.text import Text
from reports.dossier.wording import money_range
from reports.phrases import Phrasebook

COLON = {"zh": "：", "en": ": "}


@dataclass(frozen=True, slots=True)
class Item:
    """One item: `key` as remarks name it, what it says as labelled lines.

    `remark` is what the firm said of it in this version, `earlier` in the version before.
    """

    key: str
    kind: str
    title: str
    lines: tuple[tuple[str, str], ...]
    security: bool
    remark: Remark | None
    earlier: Remark | None

    @property
    def seen(self) -> str:
        """Which remark a page shows, so that another's is not overwritten unseen."""
        return self.remark.said_at.isoformat() if self.remark else ""


def list_items(session: Session, sent: Sent) -> list[Item]:
    """The items of a report: findings, answers that were changed, projects; in that order."""
    now, before = _remarks(session, sent)
    return [
        Item(key, key.partition(":")[0], title, lines, security, now.get(key), before.get(key))
        for key, title, lines, security in (
            *_findings(session, sent),
            *_answers(session, sent),
            *_projects(session, sent),
        )
    ]


Told = tuple[str, str, tuple[tuple[str, str], ...], bool]


def _remarks(session: Session, sent: Sent) -> tuple[dict[str, Remark], dict[str, Remark]]:
    """By item: the remarks on this version, and the latest on an earlier one."""
    now: dict[str, Remark] = {}
    before: dict[str, Remark] = {}
    for remark, version in session.exec(
        select(Remark, Report.version)
        .join(Report, col(Report.id) == col(Remark.report_id))
        .where(
            Report.diagnosis_id == sent.report.diagnosis_id,
            col(Report.version) <= sent.report.version,
        )
        .order_by(col(Report.version))
    ):
        (now if version == sent.report.version else before)[remark.item] = remark
    return now, before


def _findings(session: Session, sent: Sent) -> Iterator[Told]:
    say = Phrasebook("visit")
    found = session.exec(
        select(Finding)
        .where(Finding.diagnosis_id == sent.report.diagnosis_id)
        .order_by(col(Finding.security), col(Finding.position), col(Finding.id))
    )
    for number, finding in enumerate(found, 1):
        lines = (
            (_("Evidence"), finding.evidence),
            (_("Effect"), _kinded(say(f"findings.effect.{finding.effect_kind}"), finding.effect)),
            (_("Cause"), _kinded(say(f"findings.cause.{finding.cause_kind}"), finding.cause)),
        )
        title = _("Finding %(number)s: %(fact)s", number=number, fact=finding.fact)
        yield f"finding:{finding.id}", title, _given(lines), finding.security


def _answers(session: Session, sent: Sent) -> Iterator[Told]:
    assessment = sent.diagnosis.assessment_id or 0
    own = raw_answers(session, assessment)
    index = questionnaire().index
    changed = [v for v in verifications(session, assessment).values() if v.changed]
    for found in sorted(changed, key=lambda v: index.get(v.question, len(index))):
        if found.question not in index:
            continue
        asked = questionnaire()[found.question]
        given = own.get(found.question)
        lines = (
            (_("Your answer"), in_words(asked, given, language()) if given is not None else "–"),
            (_("Verified"), in_words(asked, found.raw, language())),
            (_("Why it was changed"), found.why),
        )
        title = f"{index[found.question] + 1}. {told(asked.label)}"
        yield f"answer:{found.question}", title, _given(lines), False


def _projects(session: Session, sent: Sent) -> Iterator[Told]:
    for project in session.exec(
        select(Project)
        .where(Project.diagnosis_id == sent.report.diagnosis_id)
        .order_by(col(Project.year), col(Project.position), col(Project.id))
    ):
        words = worded(project, judge().catalogue)
        lines = (
            (_("Year"), str(project.year)),
            (_("Content"), told(words.content)),
            (_("What led to it"), project.because),
            (_("Cost (estimate)"), cost_of(project)),
        )
        yield f"project:{project.id}", told(words.name), _given(lines), False


def cost_of(project: Project) -> str:
    """What a project is estimated to cost; words where that is not known."""
    if project.cost_low is None or project.cost_high is None:
        unknown: str = _("to be quoted")
        return unknown
    return told(money_range(project.cost_low, project.cost_high))


def _kinded(kind: Text, text: str) -> str:
    named = told(kind)[:1].upper() + told(kind)[1:]
    return f"{named}{COLON[language()]}{text}" if text else named


def _given(lines: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(line for line in lines if line[1])
