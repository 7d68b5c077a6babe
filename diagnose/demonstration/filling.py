"""Fills a deployment with the fictional district and everybody's work in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from diagnose.demonstration.acting import Stage
from diagnose.demonstration.benchmarks import show_benchmarks
from diagnose.demonstration.bulletins import show_bulletins
from diagnose.demonstration.campaigns import show_campaigns
from diagnose.demonstration.changes import show_changes
from diagnose.demonstration.earlier import show_earlier_year
from diagnose.demonstration.needs import show_needs
from diagnose.demonstration.people import Cast, cast_people
from diagnose.demonstration.retrofits import show_retrofits
from diagnose.demonstration.scene import Scene
from diagnose.demonstration.subsidies import show_subsidies
from diagnose.demonstration.tasks import show_tasks
from diagnose.demonstration.timetable import Timetable, draw_timetable
from diagnose.fictional.content import content
from diagnose.records import Actor, Answer, Assessment, Diagnosis, Firm, Judgement, Status
from diagnose.records.importing import import_district
from diagnose.storage import Store
from diagnose.workflow import open_diagnosis
from questionnaires.sheets import Sheets

AFTERWARDS = (
    show_campaigns,
    show_earlier_year,
    show_needs,
    show_retrofits,
    show_subsidies,
    show_benchmarks,
    show_tasks,
    show_bulletins,
)
"""What rests on diagnoses, each on those before it."""

NEEDS_NO_SHEET = frozenset({"to_assign", "assigned", "declined", "accepted", "scheduled", "exempt"})
NOT_BEGUN, DRAFT, SUBMITTED = range(3)
EARLY = (0.2, 0.15, 0.65)  # of firms not visited yet: not begun, being filled in, submitted
KEPT_OF_DRAFT = 0.6

Told = Callable[[int, int], None]
"""Called with how many steps are taken, and of how many."""


def fill(
    session: Session,
    store: Store,
    sheets: Sheets,
    *,
    password: str,
    day: date,
    seed: int,
    told: Told = lambda _done, _of: None,
) -> tuple[Cast, Timetable]:
    """Put the district on the roster and play every diagnosis up to `day`. Commits."""
    import_district(session, sheets, fictional=True, district=content("programme")["district"])
    firms = tuple(session.exec(select(Firm).order_by(col(Firm.id))))
    table = draw_timetable(len(firms), day, seed)
    cast = cast_people(session, firms, password, table.opened)
    session.flush()

    def scene() -> Scene:
        """Every room begins with the same chance, whatever the others drew."""
        return Scene(session, store, cast, table, day, np.random.default_rng(seed))

    show_changes(scene())
    diagnoses = _opened(session, firms, table)
    _hand_in(session, firms, diagnoses, cast, table, np.random.default_rng(seed))
    stage = Stage(session, store, cast, firms, diagnoses)
    for number, step in enumerate(table.steps, 1):
        stage.play(step)
        told(number, len(table.steps))
    stage.appoint_reviewers()
    for show in AFTERWARDS:
        show(scene())
    session.commit()
    ends = tuple(
        "drafting" if row in stage.held_back else end for row, end in enumerate(table.ends)
    )
    return cast, replace(table, ends=ends)


def _opened(session: Session, firms: Sequence[Firm], table: Timetable) -> tuple[Diagnosis, ...]:
    actor = Actor(at=table.opened)
    return tuple(open_diagnosis(session, firm, actor) for firm in firms)


def _hand_in(
    session: Session,
    firms: Sequence[Firm],
    diagnoses: Sequence[Diagnosis],
    cast: Cast,
    table: Timetable,
    rng: np.random.Generator,
) -> None:
    """Let each firm be as far with its sheet as its diagnosis allows."""
    own = {a.firm_id: a for a in session.exec(select(Assessment))}
    visits = {step.row: step.at for step in table.steps if step.move == "check_in"}
    now = max((step.at for step in table.steps), default=table.opened)
    for row, (firm, diagnosis) in enumerate(zip(firms, diagnoses, strict=True)):
        assessment = own[firm.id or 0]
        early = table.ends[row] in NEEDS_NO_SHEET
        stand = int(rng.choice(3, p=EARLY)) if early else SUBMITTED
        until = visits.get(row, now)
        moment = _between(table.opened, until, rng)
        if stand == SUBMITTED:
            _submitted(assessment, moment, cast.heads[row])
            diagnosis.assessment_id = assessment.id
        elif stand == DRAFT:
            _to_draft(session, assessment, moment, rng)
        else:
            session.delete(assessment)
            cast.firms[row].password_hash = ""
            cast.firms[row].terms_accepted_at = None
    session.flush()


def _between(start: datetime, end: datetime, rng: np.random.Generator) -> datetime:
    return start + (end - start) * float(rng.uniform(0.3, 0.95))


def _submitted(assessment: Assessment, moment: datetime, head: str) -> None:
    assessment.started_at = moment - timedelta(hours=3)
    assessment.saved_at = assessment.submitted_at = moment
    assessment.pledged_by, assessment.pledged_post = head, "总经理"


def _to_draft(
    session: Session, assessment: Assessment, moment: datetime, rng: np.random.Generator
) -> None:
    """Take the later answers and the judgement away again."""
    session.exec(delete(Judgement).where(col(Judgement.assessment_id) == assessment.id))
    kept = session.exec(
        select(Answer.id).where(Answer.assessment_id == assessment.id).order_by(col(Answer.id))
    ).all()
    gone = kept[int(len(kept) * KEPT_OF_DRAFT * float(rng.random())) :]
    session.exec(delete(Answer).where(col(Answer.id).in_(gone)))
    session.exec(
        update(Assessment)
        .where(col(Assessment.id) == assessment.id)
        .values(
            status=Status.DRAFT,
            submitted_at=None,
            started_at=moment - timedelta(hours=1),
            saved_at=moment,
            size=-1,
        )
        .execution_options(synchronize_session=False)
    )
    session.expire(assessment)
