"""The laws of a project's life."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from sqlmodel import Session, select

from diagnose.access import capabilities
from diagnose.moves import NOT_YOURS, REASON_WANTED
from diagnose.records import (
    Actor,
    AuditEntry,
    Kind,
    Origin,
    Project,
    ProjectEntry,
    Stage,
    Verdict,
    connect,
    upgrade,
)
from diagnose.retrofits import (
    LIFE,
    MoveRefused,
    Wanted,
    move_project,
    moves_open,
    pool_adopted,
    take_in,
)
from diagnose.retrofits.guards import GUARDS
from diagnose.retrofits.machine import MOVED_MEANWHILE
from diagnose.workflow import Wanted as Step
from diagnose.workflow import move as move_diagnosis
from tests.diagnose.people import keep, make_account, make_diagnosis, make_firm
from tests.diagnose.projects import (
    make_acceptance,
    make_contract,
    make_figure,
    make_month,
    make_project,
    make_recommended,
)

MOVES = LIFE.moves.values()
AT = datetime(2026, 11, 1, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """One for all: these tests look at their own project only."""
    engine = connect(f"sqlite:///{tmp_path_factory.mktemp('stages') / 'projects.sqlite3'}")
    upgrade(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def log_of(session, project):
    subject = f"project:{project.id}"
    rows = select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.id)
    return session.exec(rows).all()


def refusal(session, project, id_, account=None, **wanted):
    with pytest.raises(MoveRefused) as refused:
        move_project(session, project, Wanted(id_, **wanted), account, Actor(at=AT))
    return refused.value.problems


def go(session, project, id_, **wanted):
    return move_project(session, project, Wanted(id_, **wanted), None, Actor(at=AT))


def test_the_file_knows_exactly_the_stages_of_the_records():
    assert list(LIFE.stages) == [stage.value for stage in Stage]


@pytest.mark.parametrize("step", MOVES, ids=lambda step: step.id)
def test_every_name_in_a_move_is_known(step):
    assert {*step.sources, step.target} <= LIFE.stages.keys()
    assert set(step.guards) <= GUARDS.keys()
    assert all(any(by in capabilities(kind) for kind in Kind) for by in step.by)


def test_no_guard_is_forgotten():
    assert {guard for step in MOVES for guard in step.guards} == GUARDS.keys()


def test_every_stage_is_reached_and_from_everywhere_a_way_leads_on():
    reached = {"suggested"}
    while more := {s.target for s in MOVES if reached & set(s.sources)} - reached:
        reached |= more
    assert reached == LIFE.stages.keys()
    assert [
        stage for stage in LIFE.stages if not any(stage in step.sources for step in MOVES)
    ] == []


def test_the_line_cannot_be_skipped():
    """Each stage of the line is entered from the one before it or from beside the line."""
    line = [id_ for id_, stage in LIFE.stages.items() if stage.line]
    for before, after in pairwise(line):
        entries = {s for step in MOVES if step.target == after for s in step.sources}
        ahead = {stage for stage in line if line.index(stage) < line.index(before)}
        assert before in entries
        assert not entries & ahead, (after, entries & ahead)


def test_consultants_reviewers_and_administrators_move_nothing(session):
    project = make_project(session, make_firm(session))
    for kind in ("consultant", "reviewer", "administrator"):
        assert moves_open(make_account(session, kind), project) == ()
    assert refusal(session, project, "terminate", make_account(session, "consultant"), reason="x")[
        0
    ] == (NOT_YOURS)


@pytest.mark.parametrize("stage", LIFE.stages)
def test_no_move_leaves_from_where_it_does_not_belong(session, stage):
    """A move from elsewhere is refused before any guard looks: nobody skips a stage."""
    project = Project(id=0, firm_id=0, name="设备联网", stage=stage)
    closed = [step for step in MOVES if stage not in step.sources]
    assert closed
    for step in closed:
        [said] = refusal(session, project, step.id, reason="x")
        assert said.zh == f"项目目前“{LIFE.stages[stage].title.zh}”，不能“{step.title.zh}”。"
    assert project.stage == stage


def test_a_move_is_made_once_dated_and_logged_with_figures_only(session):
    project = make_project(session, make_firm(session), "adopted")
    go(session, project, "pool", facts={"total": 3.5})
    assert (project.stage, project.stage_since, project.edition) == ("pooled", AT, 1)
    [entry] = log_of(session, project)
    assert entry.action == "project.move"
    assert entry.details == {"move": "pool", "before": "adopted", "after": "pooled", "total": 3.5}
    assert entry.firm_id == project.firm_id


def test_a_reason_is_wanted_kept_with_the_project_and_not_in_the_log(session):
    project = make_project(session, make_firm(session))
    assert refusal(session, project, "terminate", reason=" ") == (REASON_WANTED,)
    go(session, project, "terminate", reason="企业搬迁")
    assert (project.stage, project.reason) == ("terminated", "企业搬迁")
    assert "企业搬迁" not in str(log_of(session, project)[0].details)
    go(session, project, "resume", reason="回迁")
    assert (project.stage, project.reason) == ("pooled", "回迁")


def test_a_page_opened_before_anothers_move_moves_nothing(session):
    project = make_project(session, make_firm(session))
    go(session, project, "terminate", reason="停产", edition=0)
    project.stage = "pooled"
    keep(session, project)
    assert refusal(session, project, "terminate", reason="停产", edition=0) == (MOVED_MEANWHILE,)


def test_what_is_adopted_waits_for_the_report(session):
    firm = make_firm(session)
    diagnosis = make_diagnosis(session, firm, state="in_review")
    project = make_project(session, firm, "adopted", diagnosis_id=diagnosis.id)
    assert "没有验收" in refusal(session, project, "pool")[0].zh
    diagnosis.state, diagnosis.accepted_on = "done", date(2026, 11, 1)
    keep(session, diagnosis)
    assert go(session, project, "pool").id == "pooled"


def test_an_accepted_report_feeds_the_pool_with_what_was_adopted(session):
    firm = make_firm(session)
    held = {"accepted_on": date(2026, 11, 1)}
    diagnosis = make_diagnosis(session, firm, state="done", **held)
    stages = ("adopted", "suggested", "postponed", "adopted", "rejected")
    projects = [make_project(session, firm, s, diagnosis_id=diagnosis.id) for s in stages]
    assert pool_adopted(session, diagnosis, Actor(at=AT)) == 2
    session.commit()
    found = [project.stage for project in projects]
    assert found == ["pooled", "suggested", "postponed", "pooled", "rejected"]
    assert pool_adopted(session, diagnosis, Actor(at=AT)) == 0


def test_acceptance_of_a_diagnosis_feeds_the_pool_by_itself(session, monkeypatch):
    firm = make_firm(session)
    diagnosis = make_diagnosis(session, firm, state="in_review")
    project = make_project(session, firm, "adopted", diagnosis_id=diagnosis.id)
    monkeypatch.setattr("diagnose.workflow.moving._problems", lambda *_: [])
    move_diagnosis(session, diagnosis, Step("accept_report"), None, Actor(at=AT))
    session.commit()
    assert project.stage == "pooled"


def test_the_whole_way_with_every_guard(session):
    project = make_recommended(session, make_firm(session), date(2026, 1, 1))
    assert "合同" in refusal(session, project, "contract")[0].zh
    make_contract(session, project)
    go(session, project, "contract")
    assert "月报" in refusal(session, project, "start")[0].zh
    make_month(session, project, date(2026, 2, 1))
    go(session, project, "start")
    assert "验收申请" in refusal(session, project, "finish")[0].zh
    asked = make_acceptance(session, project, finished_on=date(2026, 5, 1))
    go(session, project, "finish")
    for id_ in ("pass", "mend", "fail"):
        assert "结论" in refusal(session, project, id_)[0].zh
    asked.verdict, asked.reason = Verdict.TO_MEND, "缺发票"
    keep(session, asked)
    go(session, project, "mend")
    assert refusal(session, project, "finish")
    second = make_acceptance(session, project, finished_on=date(2026, 5, 2))
    go(session, project, "finish")
    second.verdict = Verdict.PASSED
    keep(session, second)
    go(session, project, "pass")
    said = refusal(session, project, "take_effect")
    assert ["2026-11-02" in said[0].zh, "成效" in said[1].zh] == [True, True]
    make_figure(session, project, half_year=90)
    second.finished_on = date(2026, 5, 1)
    keep(session, second)
    for id_ in ("take_effect", "nominate", "award"):
        go(session, project, id_)
    assert project.stage == "benchmark"
    moved = [entry.details["after"] for entry in log_of(session, project)]
    assert moved == [
        "contracted", "under_way", "finished", "to_mend", "finished", "passed",
        "effective", "candidate", "benchmark",
    ]  # fmt: skip


def test_a_project_taken_in_passes_through_adoption(session):
    firm, officer = make_firm(session), make_account(session, "officer")
    entry = ProjectEntry(name="链主平台接入", type="P37", content="接口")
    project = take_in(session, firm, entry, Origin.CHAIN, officer, Actor(officer.id, at=AT))
    assert (project.stage, project.origin, project.diagnosis_id) == ("pooled", "chain", None)
    assert [entry.action for entry in log_of(session, project)] == [
        "project.take_in",
        "project.move",
    ]
