"""What the records say of a report's quality."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from diagnose.planning import costs_in_order, unmet_needs
from diagnose.quality import Facts, Quality, Share, score
from diagnose.quality.similarity import likeness, own_words
from diagnose.reading import judge
from diagnose.records import Attachment, Diagnosis, Finding, Project, Purpose, Report, Visit
from diagnose.reporting.gathering import Gathered
from diagnose.reporting.telling import in_place
from questionnaires.clock import day_of
from reports.dossier import Dossier

FIGURE = re.compile(r"\d|[一二三四五六七八九十百]+[家台起次天张人条件个]")
COMPANY = re.compile(r"[\w（）()]{2,}?(?:有限公司|集团|股份公司)|\b\w+ (?:Ltd|Inc|GmbH|Corp)\b")
PRESENT = 2
POINTS = 2


@dataclass(frozen=True, slots=True)
class Like:
    """Another report of the same provider, and the share of words found in it too."""

    number: str
    share: float


def quality_of(session: Session, held: Gathered, dossier: Dossier, day: date) -> Quality:
    """The quality score of the report as it stands on `day`."""
    text = written(held)
    like = like_reports(session, held.diagnosis, text)
    alike = max((each.share for each in like), default=0.0) if text else None
    papers = _papers(session, held, day)
    return score(Facts(_shares(held, dossier, papers), alike, _red(held, papers, day)))


def like_reports(session: Session, diagnosis: Diagnosis, text: str) -> list[Like]:
    """The other reports of the provider by likeness to `text`, the latest version of each."""
    found = session.exec(
        select(Report.number, Report.text)
        .join(Diagnosis, col(Diagnosis.id) == col(Report.diagnosis_id))
        .where(Diagnosis.provider_id == diagnosis.provider_id, Diagnosis.id != diagnosis.id)
        .order_by(col(Report.version))
    )
    latest = dict(found.all())
    shares = likeness(text, [*latest.values()])
    like = [Like(number, float(share)) for number, share in zip(latest, shares, strict=True)]
    return sorted(like, key=lambda each: (-each.share, each.number))


def written(held: Gathered) -> str:
    """What the authors wrote themselves: findings, plan, reasons; standard text is left out."""
    return own_words(text for text in _texts(held) if text)


def _texts(held: Gathered) -> Iterable[str]:
    for finding in held.findings:
        yield from (finding.fact, finding.evidence, finding.effect, finding.cause)
    for project in held.projects:
        yield from (project.name, project.content, project.because, project.acceptance)
        yield project.override
    for check in held.checks.values():
        yield check.why


def _shares(held: Gathered, dossier: Dossier, papers: list[bool]) -> dict[str, Share]:
    judged, findings, projects = _judged(), held.findings, held.projects
    changes = [check for check in held.checks.values() if check.changed]
    unmet = unmet_needs(judge().catalogue, projects, in_place(held))
    years = [year for year in dossier.investment.years if year.mid]
    return {
        "verified": Share(len(judged & held.checks.keys()), len(judged)),
        "changes": _share([bool(c.why and c.attachment_id) for c in changes], none=True),
        "findings": _share([bool(f.fact and _proof(f)) for f in findings]),
        "figures": _share([bool(FIGURE.search(f.fact + f.effect)) for f in findings]),
        "seen": Share(sum(_seen(held.visits)), 4),
        "chain": _share([_linked(held, finding) for finding in findings]),
        "fields": _share([_complete(project) for project in projects]),
        "prerequisites": _share([project.id not in unmet for project in projects]),
        "ranges": _share([costs_in_order(project) for project in projects]),
        "within": _share([year.within for year in years]),
        "acceptance": _share([len(_points(project)) >= POINTS for project in projects]),
        "firms": _share([not COMPANY.search(_said(project)) for project in projects]),
        "papers": Share(sum(papers), len(papers)),
    }


def _share(holds: list[bool], *, none: bool = False) -> Share:
    """How many hold; `none` where it is well that there is nothing to ask of."""
    return Share(sum(holds), len(holds)) if holds or not none else Share(1, 1)


def _judged() -> set[str]:
    standard = judge().scorer.standard
    return {item.question for item in standard.items} | {s.question for s in standard.scenes}


def _proof(finding: Finding) -> bool:
    return bool(finding.evidence or finding.attachment_id or finding.questions)


def _linked(held: Gathered, finding: Finding) -> bool:
    return bool(finding.effect and finding.cause and held.links.get(finding.id or 0))


def _seen(visits: Iterable[Visit]) -> list[bool]:
    visits = tuple(visits)
    return [
        any(visit.interviews for visit in visits),
        any(visit.workshops for visit in visits),
        any(visit.documents for visit in visits),
        any(visit.wishes for visit in visits),
    ]


def _complete(project: Project) -> bool:
    return bool(project.name and project.content and project.because and _points(project))


def _points(project: Project) -> list[str]:
    return [line for line in project.acceptance.splitlines() if line.strip()]


def _said(project: Project) -> str:
    return f"{project.name}\n{project.content}\n{project.because}"


def _papers(session: Session, held: Gathered, day: date) -> list[bool]:
    """Promise of confidentiality, signed record, enough consultants, dated after the visit."""
    promised = session.exec(
        select(Attachment.id).where(
            Attachment.diagnosis_id == held.diagnosis.id,
            Attachment.purpose == Purpose.CONFIDENTIALITY,
            col(Attachment.removed_at).is_(None),
        )
    ).first()
    team = [
        sum(person.get("side") == "provider" for person in visit.people) for visit in held.visits
    ]
    signed = any(visit.scan_id for visit in held.visits)
    return [promised is not None, signed, max(team, default=0) >= PRESENT, not _early(held, day)]


def _early(held: Gathered, day: date) -> bool:
    begun = [visit.started_at for visit in held.visits if visit.started_at]
    return not begun or day < day_of(max(begun))


def _red(held: Gathered, papers: list[bool], day: date) -> tuple[str, ...]:
    unmet = unmet_needs(judge().catalogue, held.projects, in_place(held))
    bare = [p for p in held.projects if p.id in unmet and not p.override.strip()]
    priced = [p for p in held.projects if not p.type and p.cost_mid and not p.because.strip()]
    found = {
        "no_record": not papers[1],
        "no_source": bool(priced),
        "prerequisites": bool(bare),
        "interest": held.interest is not None,
        "dated": bool(held.visits) and _early(held, day),
    }
    return tuple(id_ for id_, red in found.items() if red)
