"""The plan filled in from the system's roadmap, for the consultants to work on."""

from __future__ import annotations

from sqlmodel import Session, col, delete, select

from diagnose.records import Actor, Diagnosis, Origin, Project, note
from reports.dossier import Dossier
from reports.dossier.model.plans import ProjectCard


def fill(session: Session, diagnosis: Diagnosis, told: Dossier, actor: Actor) -> int:
    """Replace what the system suggested by the roadmap of `told`; the caller commits.

    Projects that consultants added stay. Returns how many projects were suggested.
    """
    assert diagnosis.id is not None
    session.exec(
        delete(Project).where(
            col(Project.diagnosis_id) == diagnosis.id, col(Project.origin) == Origin.SYSTEM
        )
    )
    kept = {
        p.type for p in session.exec(select(Project).where(Project.diagnosis_id == diagnosis.id))
    }
    months = {bar.project: bar.months for bar in told.plan.bars}
    cards = [card for card in told.plan.cards if card.id not in kept]
    for position, card in enumerate(cards):
        session.add(_suggested(diagnosis, card, position, months[card.id]))
    session.flush()
    note(
        session,
        actor,
        "plan.fill",
        f"diagnosis:{diagnosis.id}",
        firm_id=diagnosis.firm_id,
        projects=len(cards),
    )
    return len(cards)


def _suggested(diagnosis: Diagnosis, card: ProjectCard, position: int, months: float) -> Project:
    """Worded in Chinese; where a reader wants English, known wording is told in it."""
    assert diagnosis.id is not None
    return Project(
        diagnosis_id=diagnosis.id,
        firm_id=diagnosis.firm_id,
        origin=Origin.SYSTEM,
        type=card.id,
        name=card.name.zh,
        content=card.summary.zh,
        year=card.year,
        position=position,
        months=max(1, round(months)),
        cost_low=card.cost_low,
        cost_mid=card.cost,
        cost_high=card.cost_high,
        because=card.why.zh[:2000],
        acceptance="\n".join(line.zh for line in card.acceptance),
        gain=card.gain,
    )
