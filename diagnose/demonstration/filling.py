"""Fills a deployment with the fictional district and everybody's work in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from types import MappingProxyType

import numpy as np
from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from diagnose.demonstration.acting import appoint_reviewers, play_all
from diagnose.demonstration.benchmarks import show_benchmarks
from diagnose.demonstration.bulletins import show_bulletins
from diagnose.demonstration.campaigns import show_campaigns
from diagnose.demonstration.changes import show_roster
from diagnose.demonstration.needs import show_needs
from diagnose.demonstration.people import Cast, cast_people, entering, join
from diagnose.demonstration.pilot import choose_pilots, play_pilot
from diagnose.demonstration.press import Press, press
from diagnose.demonstration.retrofits import show_retrofits
from diagnose.demonstration.scene import Scene
from diagnose.demonstration.staging import Stage
from diagnose.demonstration.subsidies import show_subsidies
from diagnose.demonstration.tasks import show_tasks
from diagnose.demonstration.timetable import Timetable, draw_pilot, draw_timetable
from diagnose.records import Actor, Answer, Assessment, Diagnosis, Firm, Judgement, Status
from diagnose.records.importing import entries_of, import_sheets
from diagnose.records.roster import Change, RosterEvent
from diagnose.storage import Store
from diagnose.workflow import open_diagnosis
from questionnaires.sheets import Sheets

AFTERWARDS = (
    show_campaigns,
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
SLOW: Mapping[str, float] = MappingProxyType({"示例区·柏舟镇": -0.2, "石渡示例智造园": -0.1})
"""Streets and parks whose firms are behind."""

Told = Callable[[str, int, int], None]
"""Called with the stage, how many of its steps are taken, and of how many."""


def fill(
    session: Session,
    store: Store,
    sheets: Sheets,
    *,
    password: str,
    day: date,
    seed: int,
    told: Told = lambda _stage, _done, _of: None,
) -> tuple[Cast, Timetable]:
    """Bring the district onto a roster and play all that happened in it up to `day`. Commits."""
    table = timetable_of(sheets, day, seed)
    able = [end not in NEEDS_NO_SHEET for end in table.ends]
    earlier = draw_pilot(choose_pilots(sheets.firms.industry.tolist(), able), day, seed)
    begun = min(table.opened, earlier.opened)
    enter = entering(session, password, begun)
    cast = cast_people(session, enter, begun)
    session.flush()

    def scene() -> Scene:
        """Every room begins with the same chance, whatever the others drew."""
        return Scene(session, store, cast, table, day, np.random.default_rng(seed))

    told("roster", 0, len(sheets))
    firms = show_roster(scene(), entries_of(sheets))
    cast = join(cast, enter, firms)
    import_sheets(session, sheets, [firm.id or 0 for firm in firms], table.opened)
    session.commit()
    told("roster", len(sheets), len(sheets))
    sheet_of = {each.firm_id: each for each in session.exec(select(Assessment))}
    own = [sheet_of[firm.id or 0] for firm in firms]
    with press() as printing:
        play_pilot(scene(), firms, earlier, able, printing, partial(told, "pilot"))
        held_back = _play(scene(), firms, own, printing, told)
    session.commit()
    for number, show in enumerate(AFTERWARDS, 1):
        show(scene())
        told("programme", number, len(AFTERWARDS))
    session.commit()
    ends = ("drafting" if row in held_back else end for row, end in enumerate(table.ends))
    return cast, replace(table, ends=tuple(ends))


def _play(
    scene: Scene,
    firms: tuple[Firm, ...],
    own: Sequence[Assessment],
    printing: Press,
    told: Told,
) -> set[int]:
    """Diagnose the firms as far as the timetable goes; whose reports went back to their authors."""
    session, cast, table = scene.session, scene.cast, scene.table
    diagnoses = _opened(session, firms, table)
    _hand_in(session, own, diagnoses, cast, table, scene.rng)
    stage = Stage(session, scene.store, cast, firms, dict(enumerate(diagnoses)), printing)
    play_all(stage, table.steps, partial(told, "played"))
    appoint_reviewers(stage)
    printing.finish(session, partial(told, "printed"))
    return stage.held_back


def timetable_of(sheets: Sheets, day: date, seed: int) -> Timetable:
    """When the diagnoses of the firms take place, some streets being behind."""
    return draw_timetable(len(sheets), day, seed, _pace(sheets.firms.region.tolist(), seed))


def _pace(regions: Sequence[str], seed: int) -> Sequence[float]:
    """How far on the firms are beside each other: alike in all streets, but for some."""
    rng, pace = np.random.default_rng(seed), np.zeros(len(regions))
    for region in sorted(set(regions)):
        rows = [row for row, each in enumerate(regions) if each == region]
        pace[rows] = rng.permutation(len(rows)) / len(rows) + SLOW.get(region, 0.0)
    return pace.tolist()


def _opened(session: Session, firms: Sequence[Firm], table: Timetable) -> tuple[Diagnosis, ...]:
    """A diagnosis for each firm, from the opening on or from when it entered later."""
    entered = {
        event.firm_id: event.recorded_at
        for event in session.exec(select(RosterEvent).where(RosterEvent.change == Change.ENTERED))
        if event.recorded_at > table.opened
    }
    return tuple(
        open_diagnosis(session, firm, Actor(at=entered.get(firm.id or 0, table.opened)))
        for firm in firms
    )


def _hand_in(
    session: Session,
    own: Sequence[Assessment],
    diagnoses: Sequence[Diagnosis],
    cast: Cast,
    table: Timetable,
    rng: np.random.Generator,
) -> None:
    """Let each firm be as far with its own sheet as its diagnosis allows."""
    visits = {step.row: step.at for step in table.steps if step.move == "check_in"}
    now = max((step.at for step in table.steps), default=table.opened)
    for row, (assessment, diagnosis) in enumerate(zip(own, diagnoses, strict=True)):
        early = table.ends[row] in NEEDS_NO_SHEET
        stand = int(rng.choice(3, p=EARLY)) if early else SUBMITTED
        until = visits.get(row, now)
        moment = _between(diagnosis.opened_at, until, rng)
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
