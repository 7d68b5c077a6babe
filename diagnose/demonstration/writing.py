"""What consultants of the demonstration write: verified answers and findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import delete
from sqlmodel import Session, col, select

from diagnose.agenda import agenda_of
from diagnose.reading import judge, questionnaire, raw_answers
from diagnose.records import (
    Diagnosis,
    Finding,
    FindingProject,
    Origin,
    Project,
    Verification,
    answer_row,
)
from questionnaires.model import Question

NOT_SAID = {"state": "unknown"}
LOWERED = 0.2  # share of verified answers that turn out lower than stated
FINDINGS = 3
AMONG = 6  # the weakest scenes that findings are chosen from


def verify(
    session: Session, diagnosis: Diagnosis, account_id: int | None, at: datetime, why: str
) -> None:
    """Verify what the agenda names; some answers turn out lower than the firm said."""
    assert diagnosis.assessment_id is not None
    rng = np.random.default_rng(diagnosis.id)
    own = raw_answers(session, diagnosis.assessment_id)
    index = questionnaire().index
    for entry in agenda_of(session, diagnosis):
        question = questionnaire().questions[index[entry.question]]
        stated = own.get(entry.question, NOT_SAID)
        found = _lowered(question, stated) if rng.random() < LOWERED else stated
        changed = found != stated
        session.add(
            Verification.model_validate(
                answer_row(diagnosis.assessment_id, entry.question, found)
                | {"changed": changed, "why": why if changed else ""}
                | {"account_id": account_id, "verified_at": at}
            )
        )


def _lowered(question: Question, stated: object) -> object:
    """One step less than what was stated; the same where there is no lower step."""
    options = [option.id for option in question.options]
    if question.kind == "single" and stated in options[1:]:
        return options[options.index(str(stated)) - 1]
    if question.kind == "multi" and isinstance(stated, list) and len(stated) > 1:
        return stated[:-1]
    return stated


def write_findings(
    session: Session,
    diagnosis: Diagnosis,
    answers: Mapping[str, object],
    said: Mapping[str, Mapping[str, Any]],
    at: datetime,
    rng: np.random.Generator,
) -> list[Finding]:
    """Findings on the weakest scenes that there are words for."""
    found = [
        Finding.model_validate(
            _worded(said[scene], rng)
            | {"scene": scene, "questions": [scene], "diagnosis_id": diagnosis.id}
            | {"position": position, "severity": 3 - min(position, 2), "created_at": at}
            | {"evidence": "现场查看与抽查记录（演示）"}
        )
        for position, scene in enumerate(_weak(answers, said, rng))
    ]
    session.add_all(found)
    session.flush()
    return found


def forget_findings(session: Session, diagnosis: Diagnosis) -> None:
    """Take the findings out again."""
    own = select(Finding.id).where(Finding.diagnosis_id == diagnosis.id)
    session.exec(delete(FindingProject).where(col(FindingProject.finding_id).in_(own)))
    session.exec(delete(Finding).where(col(Finding.diagnosis_id) == diagnosis.id))


def add_plain_project(session: Session, diagnosis: Diagnosis, said: Mapping[str, Any]) -> None:
    """What a consultant plans where the system finds nothing affordable."""
    held = {"diagnosis_id": diagnosis.id, "firm_id": diagnosis.firm_id}
    session.add(Project.model_validate(dict(said) | held | {"origin": Origin.CONSULTANT}))
    session.flush()


def link_findings(session: Session, diagnosis: Diagnosis, findings: Iterable[Finding]) -> None:
    """Link each finding to the projects that raise its scene, or else to the plan's first."""
    projects = session.exec(
        select(Project).where(Project.diagnosis_id == diagnosis.id).order_by(col(Project.position))
    ).all()
    for finding in findings:
        fit = [p for p in projects if finding.scene in _raised(p)] or projects[:1]
        for project in fit:
            session.add(FindingProject(finding_id=finding.id or 0, project_id=project.id or 0))
    session.flush()


def _raised(project: Project) -> set[str]:
    """The questions that a project's type raises."""
    catalogue = judge().catalogue
    if project.type not in catalogue.index:
        return set()
    return {effect.question for effect in catalogue.projects[catalogue.index[project.type]].effects}


def _worded(said: Mapping[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    """One of the wordings of each part; a cause goes with its kind."""
    at = int(rng.integers(len(said["cause"])))
    return {
        "fact": str(rng.choice(said["fact"])),
        "effect": str(rng.choice(said["effect"])),
        "effect_kind": said["effect_kind"],
        "cause": said["cause"][at],
        "cause_kind": said["cause_kind"][at],
    }


def _weak(
    answers: Mapping[str, object], scenes: Iterable[str], rng: np.random.Generator
) -> list[str]:
    """Some of the scenes answered lowest, by the option's place in its question."""
    index = questionnaire().index

    def height(scene: str) -> int:
        options = [option.id for option in questionnaire().questions[index[scene]].options]
        stated = answers.get(scene)
        return options.index(stated) if stated in options else len(options)

    weak = sorted(scenes, key=height)[:AMONG]
    return [weak[at] for at in sorted(rng.choice(len(weak), FINDINGS, replace=False))]
