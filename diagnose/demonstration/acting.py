"""Everybody at work: each step of the timetable with what it takes, then the move itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import Any

import numpy as np
from sqlmodel import Session, select

from diagnose.demonstration.ending import answer_plan, decide, object_to, open_review, sign
from diagnose.demonstration.papers import Papers
from diagnose.demonstration.people import Cast
from diagnose.demonstration.press import Press
from diagnose.demonstration.timetable import Step
from diagnose.demonstration.writing import (
    add_plain_project,
    forget_findings,
    link_findings,
    verify,
    write_findings,
)
from diagnose.fictional.content import content
from diagnose.planning import filling as planning
from diagnose.pool import Pool, read_pool
from diagnose.reading import verified_answers
from diagnose.records import Account, Actor, Decision, Diagnosis, Firm, Purpose, Visit
from diagnose.reporting.gathering import gather
from diagnose.reporting.issuing import Issue, issue
from diagnose.reporting.telling import automatic
from diagnose.storage import Store
from diagnose.workflow import MACHINE, MoveRefused, Wanted, move
from questionnaires.clock import day_of

HOME = "127.0.0.1"
REVIEWING = timedelta(days=1)


@dataclass(frozen=True)
class Stage:
    """Where the play happens: who acts on which diagnoses (by firm), and where papers go.

    With `insist`, a report that comes back for being too much like others is rewritten and sent.
    """

    session: Session
    store: Store
    cast: Cast
    firms: tuple[Firm, ...]
    diagnoses: Mapping[int, Diagnosis]
    press: Press
    insist: bool = False
    held_back: set[int] = field(default_factory=set)

    @cached_property
    def pool(self) -> Pool:
        """The firms that reports compare with: all that have a sheet."""
        return read_pool(self.session, fictional=True)

    @cached_property
    def papers(self) -> Papers:
        """Where papers are handed in."""
        return Papers(self.session, self.store)

    @cached_property
    def said(self) -> Mapping[str, Any]:
        """The invented words."""
        return content("programme")

    def play_all(self, steps: Sequence[Step], told: Callable[[int, int], None]) -> None:
        """Take the steps in their order."""
        for number, step in enumerate(steps, 1):
            self.play(step)
            told(number, len(steps))

    def play(self, step: Step) -> None:
        """Take one step."""
        if step.row in self.held_back:
            return
        scene = Scene(self, step, self.diagnoses[step.row])
        try:
            self._take(scene, step.move)
        except MoveRefused:
            if step.move != "send":
                raise
            self._give_back(scene)

    def _take(self, scene: Scene, wish: str) -> None:
        wanted = PREPARATIONS.get(wish, _nothing)(scene) or Wanted(wish)
        who = scene.by_capability(wish)
        move(self.session, scene.diagnosis, wanted, who, scene.actor(who))

    def _give_back(self, scene: Scene) -> None:
        """A report too much like others of the house goes back to its author.

        There it stays, unless we insist.
        """
        checker = scene.by_capability("send")
        back = Wanted("return_inside", self.said["reasons"]["alike"])
        move(self.session, scene.diagnosis, back, checker, scene.actor(checker))
        if not self.insist:
            self.held_back.add(scene.step.row)
            return
        forget_findings(self.session, scene.diagnosis)
        scene = replace(scene, draft=scene.draft + 1)
        for wish in ("submit_inside", "send"):
            self._take(scene, wish)

    def appoint_reviewers(self) -> None:
        """Give every other report that waits for review to its reviewer; the rest wait for one."""
        waiting = [row for row, d in self.diagnoses.items() if d.state == "in_review"]
        for row in waiting[::2]:
            diagnosis, reviewers = self.diagnoses[row], self.cast.reviewers
            reviewer = reviewers[row % len(reviewers)]
            at = diagnosis.state_since + timedelta(hours=1)
            open_review(self.session, diagnosis, reviewer.id, at)


@dataclass(frozen=True)
class Scene:
    """One step of one diagnosis, and who takes it."""

    stage: Stage
    step: Step
    diagnosis: Diagnosis
    draft: int = 0

    @property
    def session(self) -> Session:
        """The session of the play."""
        return self.stage.session

    def by_capability(self, wish: str) -> Account:
        """Who makes a move: whoever it is of those who may."""
        (capability,), cast = MACHINE.moves[wish].by, self.stage.cast
        if capability.startswith("report.check"):
            return self.team[1]
        if capability.startswith("diagnosis.work"):
            return self.team[0]
        if capability == "report.confirm":
            return cast.firms[self.step.row]
        if capability == "report.review":
            return self.reviewer
        return cast.officer

    def actor(self, account: Account) -> Actor:
        """Who acts, at the moment of the step."""
        return Actor(account.id, HOME, self.step.at)

    @property
    def reviewer(self) -> Account:
        """Who reviews this diagnosis."""
        reviewers = self.stage.cast.reviewers
        return reviewers[self.step.row % len(reviewers)]

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
    sets = {
        "provider_id": house.id,
        "lead_id": lead.id,
        "package": f"{scene.step.at.year} 年第一批",
    }
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


def _visit(scene: Scene) -> Visit:
    visits = select(Visit).where(Visit.diagnosis_id == scene.diagnosis.id)
    return scene.session.exec(visits).one()


def _check_in(scene: Scene) -> None:
    visit = _visit(scene)
    visit.planned_on, visit.started_at = day_of(scene.step.at), scene.step.at
    scene.session.add(visit)


def _finish_visit(scene: Scene) -> None:
    visit, said = _visit(scene), scene.stage.said
    head = scene.stage.cast.heads[scene.step.row]
    visit.ended_at = scene.step.at
    rng = np.random.default_rng(scene.step.row)
    visit.opening, visit.closing, visit.wishes, visit.limits = (
        str(rng.choice(said[name])) for name in ("opening", "closing", "wishes", "limits")
    )
    visit.interviews, visit.workshops, visit.documents = (
        [said[name][at] for at in sorted(rng.choice(len(said[name]), 3, replace=False))]
        for name in ("interviews", "workshops", "documents")
    )
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


def _submit_inside(scene: Scene) -> None:
    session, diagnosis, at = scene.session, scene.diagnosis, scene.step.at
    assert diagnosis.assessment_id is not None
    answers = verified_answers(session, diagnosis.assessment_id)
    said, rng = scene.stage.said, np.random.default_rng([diagnosis.id or 0, scene.draft])
    findings = write_findings(session, diagnosis, answers, said["findings"], at, rng)
    if not scene.draft:
        told = automatic(gather(session, diagnosis))
        if not planning.fill(session, diagnosis, told, scene.actor(scene.team[0])):
            add_plain_project(session, diagnosis, said["plain_project"])
    link_findings(session, diagnosis, findings)


def _send(scene: Scene) -> None:
    checker = scene.team[1]
    how = Issue(
        account=checker,
        actor=scene.actor(checker),
        day=day_of(scene.step.at),
        pool=scene.stage.pool,
        store=scene.stage.store,
        keep=scene.stage.press.keep,
    )
    issue(scene.session, scene.diagnosis, how)


def _object(scene: Scene) -> None:
    object_to(scene.session, scene.diagnosis, scene.pick("objections"), scene.step.at)


def _confirm(scene: Scene) -> None:
    head = scene.stage.cast.heads[scene.step.row]
    sign(scene.session, scene.diagnosis, head, scene.pick("posts"), scene.step.at)


def _return(scene: Scene) -> None:
    reviewer, defects = scene.reviewer, scene.stage.said["defects"]
    open_review(scene.session, scene.diagnosis, reviewer.id, scene.step.at - REVIEWING)
    decide(scene.session, scene.diagnosis, Decision.RETURNED, scene.step.at, defects)


def _accept_report(scene: Scene) -> None:
    open_review(scene.session, scene.diagnosis, scene.reviewer.id, scene.step.at - REVIEWING)
    decide(scene.session, scene.diagnosis, Decision.ACCEPTED, scene.step.at, [])
    answer_plan(scene.session, scene.diagnosis, scene.pick("rejections"), scene.step.at)


Preparation = Callable[[Scene], Wanted | None]

PREPARATIONS: Mapping[str, Preparation] = {
    "assign": _assign,
    "accept": _accept,
    "decline": _decline,
    "schedule": _schedule,
    "exempt": _exempt,
    "check_in": _check_in,
    "finish_visit": _finish_visit,
    "draft": _draft,
    "submit_inside": _submit_inside,
    "send": _send,
    "object": _object,
    "confirm": _confirm,
    "return": _return,
    "accept_report": _accept_report,
}
