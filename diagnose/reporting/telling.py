"""The dossier of a diagnosis: verified answers judged, the consultants' plan, what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from diagnose.planning import Followed, follow, unmet_needs
from diagnose.pool import Pool, read_pool
from diagnose.reading import judge
from diagnose.records import Diagnosis, Finding, Visit
from diagnose.reporting.gathering import Gathered, gather
from diagnose.story import Until
from models.roadmap.catalogue import Needs
from models.roadmap.results import Roadmap
from reports.dossier import Dossier
from reports.dossier.builder import DossierBuilder
from reports.dossier.visited import Check, FindingRecord, Visited, VisitRecord


@dataclass(frozen=True, slots=True)
class Imprint:
    """What an issued version is known by; the default is a draft."""

    version: int = 0
    code: str = ""


DRAFT = Imprint()


def dossier_of(
    session: Session, diagnosis: Diagnosis, day: date, pool: Pool | None = None
) -> Dossier:
    """The dossier of a diagnosis as it stands, a draft that bears the date `day`.

    `pool` are the firms compared with; read from the records where it is not given. Raises
    `NothingToTell` while the firm has not submitted its sheet.
    """
    held = gather(session, diagnosis)
    return tell(held, day, pool or read_pool(session, fictional=held.firm.fictional))


def tell(held: Gathered, day: date, pool: Pool, imprint: Imprint = DRAFT) -> Dossier:
    """The dossier of what was gathered, as the version that `imprint` names."""
    sheets, row = pool.with_firm(held.sheet(held.judged))
    found = judge().diagnose(sheets, Until.PEERS, grouping=pool.grouping)
    followed = follow(judge().planner, sheets, row, held.projects)
    visited = _visited(held, followed, missing_needs(held), imprint)
    roadmaps: list[Roadmap] = [followed.roadmap] * len(sheets)
    batch = replace(found.batch, roadmaps=roadmaps, visited=visited)
    builder = DossierBuilder(
        judge().scorer, judge().catalogue, found.grouping, fictional=held.firm.fictional
    )
    return builder.build(batch, row, day)


def automatic(held: Gathered, budget: float | None = None) -> Dossier:
    """What the system itself would tell of the verified answers, with its own roadmap."""
    sheets = held.sheet(held.judged)
    found = judge().diagnose(sheets, Until.SCORE)
    roadmap = judge().planner.plan(sheets, 0, budget)
    builder = DossierBuilder(judge().scorer, judge().catalogue)
    return builder.build(
        replace(found.batch, roadmaps=[roadmap]), 0, held.diagnosis.opened_at.date()
    )


def in_place(held: Gathered) -> frozenset[str]:
    """The project types that the firm has already, by its verified answers."""
    return judge().planner.in_place(held.sheet(held.judged), 0)


def missing_needs(held: Gathered) -> tuple[Needs, ...]:
    """The prerequisites that the plan lacks."""
    unmet = unmet_needs(judge().catalogue, held.projects, in_place(held))
    return tuple(each.need for found in unmet.values() for each in found)


def _visited(
    held: Gathered, followed: Followed, missing: tuple[Needs, ...], imprint: Imprint
) -> Visited:
    return Visited(
        number=report_number(held.diagnosis),
        version=imprint.version,
        code=imprint.code,
        provider=held.provider.name if held.provider else "",
        lead=held.lead.name if held.lead else "",
        own=held.sheet(held.own),
        visits=tuple(_visit(visit) for visit in held.visits),
        checks={
            question: Check(found.changed, found.why, _shown(found.attachment_id))
            for question, found in held.checks.items()
        },
        findings=tuple(_finding(held, finding, followed.ids) for finding in held.findings),
        projects=followed.projects,
        missing=missing,
        evidence=tuple((f"A-{file.id}", file.name, file.question) for file in held.evidence),
        interest=held.interest.note if held.interest else "",
    )


def report_number(diagnosis: Diagnosis) -> str:
    """The number that all versions of a diagnosis's report bear."""
    return diagnosis.number.replace("ZD", "BG", 1)


def _shown(attachment_id: int | None) -> str:
    return f"A-{attachment_id}" if attachment_id else ""


def _visit(visit: Visit) -> VisitRecord:
    return VisitRecord(
        planned=visit.planned_on,
        started=visit.started_at,
        ended=visit.ended_at,
        place=visit.place,
        opening=visit.opening,
        closing=visit.closing,
        wishes=visit.wishes,
        limits=visit.limits,
        people=tuple(visit.people),
        interviews=tuple(visit.interviews),
        workshops=tuple(visit.workshops),
        documents=tuple(visit.documents),
    )


def _finding(held: Gathered, finding: Finding, ids: Mapping[int, str]) -> FindingRecord:
    shown = [finding.evidence, _shown(finding.attachment_id)]
    return FindingRecord(
        scene=finding.scene,
        fact=finding.fact,
        evidence=" ".join(filter(None, shown)),
        effect_kind=finding.effect_kind,
        effect=finding.effect,
        cause_kind=finding.cause_kind,
        cause=finding.cause,
        severity=finding.severity,
        security=finding.security,
        questions=tuple(finding.questions),
        projects=tuple(ids[p] for p in held.links.get(finding.id or 0, ()) if p in ids),
    )
