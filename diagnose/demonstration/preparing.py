"""What each step of the timetable takes before its move: papers, visits, findings, reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

import numpy as np
from sqlmodel import select

from diagnose.demonstration.ending import answer_plan, decide, object_to, open_review, sign
from diagnose.demonstration.staging import Turn
from diagnose.demonstration.writing import (
    add_plain_project,
    link_findings,
    verify,
    write_findings,
)
from diagnose.planning import filling as planning
from diagnose.reading import verified_answers
from diagnose.records import Decision, Purpose, Visit
from diagnose.reporting.gathering import gather
from diagnose.reporting.issuing import Issue, issue
from diagnose.reporting.telling import automatic
from diagnose.workflow import Wanted
from questionnaires.clock import day_of

REVIEWING = timedelta(days=1)


def _assign(turn: Turn) -> Wanted:
    house = turn.stage.cast.providers[turn.step.row % len(turn.stage.cast.providers)]
    lead = turn.stage.cast.consultants[house.id or 0][0]
    sets = {
        "provider_id": house.id,
        "lead_id": lead.id,
        "package": f"{turn.step.at.year} 年第一批",
    }
    return Wanted("assign", sets=sets)


def _accept(turn: Turn) -> None:
    turn.stage.papers.hand_in(
        turn.diagnosis,
        Purpose.CONFIDENTIALITY,
        turn.stage.said["promise"],
        turn.team[0].id,
        turn.step.at,
    )


def _decline(turn: Turn) -> Wanted:
    return Wanted("decline", turn.stage.said["reasons"]["decline"], facts={"cause": "other"})


def _schedule(turn: Turn) -> None:
    day = (turn.step.at + timedelta(days=4)).date()
    turn.session.add(
        Visit(
            diagnosis_id=turn.diagnosis.id or 0,
            planned_on=day,
            place=turn.stage.firms[turn.step.row].region,
            created_at=turn.step.at,
        )
    )


def _exempt(turn: Turn) -> Wanted:
    turn.stage.papers.hand_in(
        turn.diagnosis,
        Purpose.PROOF,
        turn.stage.said["exemption"],
        turn.stage.cast.officer.id,
        turn.step.at,
    )
    return Wanted("exempt", turn.stage.said["reasons"]["exempt"])


def _visit(turn: Turn) -> Visit:
    visits = select(Visit).where(Visit.diagnosis_id == turn.diagnosis.id)
    return turn.session.exec(visits).one()


def _check_in(turn: Turn) -> None:
    visit = _visit(turn)
    visit.planned_on, visit.started_at = day_of(turn.step.at), turn.step.at
    turn.session.add(visit)


def _finish_visit(turn: Turn) -> None:
    visit, said = _visit(turn), turn.stage.said
    head = turn.stage.cast.heads[turn.step.row]
    visit.ended_at = turn.step.at
    rng = np.random.default_rng(turn.step.row)
    visit.opening, visit.closing, visit.wishes, visit.limits = (
        str(rng.choice(said[name])) for name in ("opening", "closing", "wishes", "limits")
    )
    visit.interviews, visit.workshops, visit.documents = (
        [said[name][at] for at in sorted(rng.choice(len(said[name]), 3, replace=False))]
        for name in ("interviews", "workshops", "documents")
    )
    visit.people = [
        {"side": "firm", "name": head, "department": "", "post": turn.pick("posts")},
        *(
            {"side": "provider", "name": a.name, "department": "", "post": a.certificate}
            for a in turn.team[:2]
        ),
    ]
    paper = turn.stage.papers.hand_in(
        turn.diagnosis, Purpose.VISIT_RECORD, said["record"], turn.team[0].id, turn.step.at
    )
    visit.scan_id = paper.id
    turn.session.add(visit)


def _draft(turn: Turn) -> None:
    why = turn.pick("why")
    verify(turn.session, turn.diagnosis, turn.team[0].id, turn.step.at, why)


def _submit_inside(turn: Turn) -> None:
    session, diagnosis, at = turn.session, turn.diagnosis, turn.step.at
    assert diagnosis.assessment_id is not None
    answers = verified_answers(session, diagnosis.assessment_id)
    said, rng = turn.stage.said, np.random.default_rng([diagnosis.id or 0, turn.draft])
    findings = write_findings(session, diagnosis, answers, said["findings"], at, rng)
    if not turn.draft:
        told = automatic(gather(session, diagnosis))
        if not planning.fill(session, diagnosis, told, turn.actor(turn.team[0])):
            add_plain_project(session, diagnosis, said["plain_project"])
    link_findings(session, diagnosis, findings)


def _send(turn: Turn) -> None:
    checker = turn.team[1]
    how = Issue(
        account=checker,
        actor=turn.actor(checker),
        day=day_of(turn.step.at),
        pool=turn.stage.pool,
        store=turn.stage.store,
        keep=turn.stage.press.keep,
    )
    issue(turn.session, turn.diagnosis, how)


def _object(turn: Turn) -> None:
    object_to(turn.session, turn.diagnosis, turn.pick("objections"), turn.step.at)


def _confirm(turn: Turn) -> None:
    head = turn.stage.cast.heads[turn.step.row]
    sign(turn.session, turn.diagnosis, head, turn.pick("posts"), turn.step.at)


def _return(turn: Turn) -> None:
    reviewer, defects = turn.reviewer, turn.stage.said["defects"]
    open_review(turn.session, turn.diagnosis, reviewer.id, turn.step.at - REVIEWING)
    decide(turn.session, turn.diagnosis, Decision.RETURNED, turn.step.at, defects)


def _accept_report(turn: Turn) -> None:
    open_review(turn.session, turn.diagnosis, turn.reviewer.id, turn.step.at - REVIEWING)
    decide(turn.session, turn.diagnosis, Decision.ACCEPTED, turn.step.at, [])
    answer_plan(turn.session, turn.diagnosis, turn.pick("rejections"), turn.step.at)


PREPARATIONS: Mapping[str, Callable[[Turn], Wanted | None]] = {
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
"""By move; it takes what the preparation wants of it, itself where that wants nothing."""
