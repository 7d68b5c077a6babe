"""Everybody at work: each step of the timetable with what it takes, then the move itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from sqlmodel import Session, select

from diagnose.demonstration.papers import Papers
from diagnose.demonstration.people import Cast
from diagnose.demonstration.timetable import Step
from diagnose.demonstration.writing import verify
from diagnose.fictional.content import content
from diagnose.records import Account, Actor, Diagnosis, Firm, Purpose, Visit
from diagnose.storage import Store
from diagnose.workflow import MACHINE, Wanted, move


@dataclass(frozen=True)
class Stage:
    """Where the play happens: who acts on which diagnoses, and where papers go."""

    session: Session
    store: Store
    cast: Cast
    firms: tuple[Firm, ...]
    diagnoses: tuple[Diagnosis, ...]

    @cached_property
    def papers(self) -> Papers:
        """Where papers are handed in."""
        return Papers(self.session, self.store)

    @cached_property
    def said(self) -> Mapping[str, Any]:
        """The invented words."""
        return content("programme")

    def play(self, step: Step) -> None:
        """Take one step."""
        diagnosis = self.diagnoses[step.row]
        prepare = PREPARATIONS.get(step.move, _nothing)
        scene = Scene(self, step, diagnosis)
        wanted = prepare(scene) or Wanted(step.move)
        who = scene.by_capability()
        move(self.session, diagnosis, wanted, who, Actor(who.id, "127.0.0.1", step.at))


@dataclass(frozen=True)
class Scene:
    """One step of one diagnosis, and who takes it."""

    stage: Stage
    step: Step
    diagnosis: Diagnosis

    @property
    def session(self) -> Session:
        """The session of the play."""
        return self.stage.session

    def by_capability(self) -> Account:
        """Who makes the move: whoever it is of those who may."""
        capability, cast = MACHINE.moves[self.step.move].by, self.stage.cast
        if capability.startswith("report.check"):
            return self.team[1]
        if capability.startswith("diagnosis.work"):
            return self.team[0]
        if capability == "report.confirm":
            return cast.firms[self.step.row]
        if capability == "report.review":
            return cast.reviewers[self.step.row % len(cast.reviewers)]
        return cast.officer

    @property
    def team(self) -> tuple[Account, ...]:
        """The consultants of the house that holds this diagnosis, the lead first."""
        return self.stage.cast.consultants[self.diagnosis.provider_id or 0]

    def pick(self, *path: str) -> Any:
        """One of the invented words of a list, the same for a firm each time."""
        found: Any = self.stage.said
        for name in path:
            found = found[name]
        return found[self.step.row % len(found)]


def _nothing(_scene: Scene) -> None:
    return None


def _assign(scene: Scene) -> Wanted:
    house = scene.stage.cast.providers[scene.step.row % len(scene.stage.cast.providers)]
    lead = scene.stage.cast.consultants[house.id or 0][0]
    sets = {"provider_id": house.id, "lead_id": lead.id, "package": "2026 年第一批"}
    return Wanted("assign", sets=sets)


def _accept(scene: Scene) -> None:
    scene.stage.papers.hand_in(
        scene.diagnosis,
        Purpose.CONFIDENTIALITY,
        scene.stage.said["promise"],
        scene.team[0].id,
        scene.step.at,
    )


def _decline(scene: Scene) -> Wanted:
    return Wanted("decline", scene.stage.said["reasons"]["decline"], facts={"cause": "other"})


def _schedule(scene: Scene) -> None:
    day = (scene.step.at + timedelta(days=4)).date()
    scene.session.add(
        Visit(
            diagnosis_id=scene.diagnosis.id or 0,
            planned_on=day,
            place=scene.stage.firms[scene.step.row].region,
            created_at=scene.step.at,
        )
    )


def _exempt(scene: Scene) -> Wanted:
    scene.stage.papers.hand_in(
        scene.diagnosis,
        Purpose.PROOF,
        scene.stage.said["exemption"],
        scene.stage.cast.officer.id,
        scene.step.at,
    )
    return Wanted("exempt", scene.stage.said["reasons"]["exempt"])


def _finish_visit(scene: Scene) -> None:
    visit = scene.session.exec(select(Visit).where(Visit.diagnosis_id == scene.diagnosis.id)).one()
    said, begun = scene.stage.said, scene.step.at - timedelta(hours=5)
    head = scene.stage.cast.heads[scene.step.row]
    visit.planned_on = begun.date()
    visit.started_at, visit.ended_at = begun, scene.step.at
    visit.opening, visit.closing = said["opening"], said["closing"]
    visit.wishes, visit.limits = said["wishes"], said["limits"]
    visit.interviews, visit.workshops = said["interviews"], said["workshops"]
    visit.documents = said["documents"]
    visit.people = [
        {"side": "firm", "name": head, "department": "", "post": scene.pick("posts")},
        *(
            {"side": "provider", "name": a.name, "department": "", "post": a.certificate}
            for a in scene.team[:2]
        ),
    ]
    paper = scene.stage.papers.hand_in(
        scene.diagnosis, Purpose.VISIT_RECORD, said["record"], scene.team[0].id, scene.step.at
    )
    visit.scan_id = paper.id
    scene.session.add(visit)


def _draft(scene: Scene) -> None:
    why = scene.pick("why")
    verify(scene.session, scene.diagnosis, scene.team[0].id, scene.step.at, why)


Preparation = Callable[[Scene], Wanted | None]

PREPARATIONS: Mapping[str, Preparation] = {
    "assign": _assign,
    "accept": _accept,
    "decline": _decline,
    "schedule": _schedule,
    "exempt": _exempt,
    "finish_visit": _finish_visit,
    "draft": _draft,
}
