from datetime import date

import pytest
from sqlmodel import select

from diagnose.reading import judge
from diagnose.records import AuditEntry, Diagnosis, Project
from tests.diagnose import people
from tests.diagnose.web.reported import make_district, make_own, make_sent


@pytest.fixture
def sent(session, app, visitor):
    held = make_sent(session, app.extensions["store"], make_district(session)[3])
    people.sign_in(visitor.client, held.account)
    return held


@pytest.fixture
def project(session, sent):
    return session.exec(select(Project).where(Project.diagnosis_id == sent.diagnosis.id)).first()


def again(session, project):
    session.expire_all()
    return session.get(Project, project.id)


def decide(visitor, project, stage, status=200, **given):
    page = visitor.get(f"/plan/{project.id}/decision")
    return visitor.send(page, status=status, stage=stage, **given)


def test_without_a_sheet_the_plan_says_what_comes(session, visitor):
    people.sign_in(visitor.client, people.make_account(session, "firm"))
    assert "还没有项目计划" in visitor.get("/plan/").text


def test_before_the_report_the_system_suggests_without_decisions(session, visitor):
    account, _assessment = make_own(session, make_district(session)[3])
    people.sign_in(visitor.client, account)
    page = visitor.get("/plan/")
    assert "供参考" in page.text
    assert page.all("table")
    assert not [e for e in page.all("a") if "/decision" in e.get("href", "")]


def test_the_plan_of_the_report_is_there_to_decide_on(visitor, sent, project):
    page = visitor.get("/plan/")
    assert sent.report.number in page.text
    assert "车间网络改造" in page.text
    assert "待询价" in page.text
    assert page.text.count("待决定") == 2
    assert f"/plan/{project.id}/decision" in [e.get("href") for e in page.all("a")]


def test_an_adopted_project_is_kept_dated_and_logged(session, visitor, project):
    page = decide(visitor, project, "adopted")
    assert "决定已保存" in page.text
    kept = again(session, project)
    assert (kept.stage, kept.edition) == ("adopted", 1)
    assert kept.decided_at is not None
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "project.move")).one()
    assert entry.details == {"move": "adopt", "before": "suggested", "after": "adopted"}
    assert (entry.subject, entry.firm_id) == (f"project:{project.id}", project.firm_id)


@pytest.mark.parametrize("stage", ["postponed", "rejected"])
def test_whoever_does_not_adopt_says_why(session, visitor, project, stage):
    decide(visitor, project, stage, status=422, reason=" ")
    assert again(session, project).stage == "suggested"
    decide(visitor, project, stage, reason="资金先用于设备")
    kept = again(session, project)
    assert (kept.stage, kept.reason) == (stage, "资金先用于设备")


def test_minds_may_change_and_the_past_is_told(session, visitor, project):
    decide(visitor, project, "rejected", reason="今年不做")
    decide(visitor, project, "adopted")
    page = visitor.get(f"/plan/{project.id}/decision")
    assert "已否决 → 已采纳" in page.text
    assert "待决定 → 已否决" in page.text
    assert again(session, project).edition == 2


@pytest.mark.parametrize("stage", ["", "finished", "suggested", "nonsense"])
def test_only_the_three_decisions_are_taken(session, visitor, project, stage):
    decide(visitor, project, stage, status=422)
    assert again(session, project).stage == "suggested"


def test_two_people_deciding_are_told_of_each_other(session, visitor, project):
    page = visitor.get(f"/plan/{project.id}/decision")
    decide(visitor, project, "rejected", reason="今年不做")
    back = visitor.send(page, status=409, stage="adopted")
    assert "今年不做" in back.text
    assert again(session, project).stage == "rejected"
    visitor.send(back, stage="adopted")
    assert again(session, project).stage == "adopted"


def test_progress_is_kept_and_skips_no_stage(session, visitor, project):
    decide(visitor, project, "adopted")
    page = visitor.get(f"/plan/{project.id}/progress")
    visitor.send(page, progress="40", note="网线已布好")
    kept = again(session, project)
    assert (kept.stage, kept.progress, kept.progress_note) == ("adopted", 40, "网线已布好")
    assert "40" in visitor.get("/plan/").all("progress")[0]["value"]


@pytest.mark.parametrize(("state", "stage"), [("in_review", "adopted"), ("done", "pooled")])
def test_what_is_adopted_of_an_accepted_report_enters_the_pool(
    session, visitor, sent, project, state, stage
):
    diagnosis = session.get(Diagnosis, sent.diagnosis.id)
    diagnosis.state, diagnosis.accepted_on = state, date(2026, 11, 2)
    session.add(diagnosis)
    session.commit()
    decide(visitor, project, "adopted")
    assert again(session, project).stage == stage
    decide(visitor, project, "adopted")
    assert again(session, project).stage == stage
    decide(visitor, project, "postponed", reason="先还贷款")
    assert again(session, project).stage == "postponed"


def test_from_the_contract_on_the_plan_leads_to_the_project_s_own_page(session, visitor, project):
    project.stage = "contracted"
    session.add(project)
    session.commit()
    visitor.get(f"/plan/{project.id}/decision", status=404)
    visitor.get(f"/plan/{project.id}/progress", status=404)
    links = [e.get("href") for e in visitor.get("/plan/").all("a")]
    assert f"/retrofits/{project.id}" in links


@pytest.mark.parametrize("typed", ["", "-1", "101", "12.5", "half"])
def test_a_progress_that_is_no_share_is_refused(session, visitor, project, typed):
    decide(visitor, project, "adopted")
    page = visitor.get(f"/plan/{project.id}/progress")
    back = visitor.send(page, status=422, progress=typed, note="网线已布好")
    assert "网线已布好" in back.text
    assert back.all("input", name="progress")[0]["value"] == typed
    assert again(session, project).progress == 0


def test_a_project_that_is_not_adopted_has_no_progress(visitor, project):
    visitor.get(f"/plan/{project.id}/progress", status=404)


def test_nothing_is_decided_while_the_provider_rewrites(session, visitor, sent, project):
    diagnosis = session.get(Diagnosis, sent.diagnosis.id)
    diagnosis.state = "drafting"
    session.add(diagnosis)
    session.commit()
    assert "正在修改报告" in visitor.get("/plan/").text
    visitor.get(f"/plan/{project.id}/decision", status=404)


def test_a_plan_not_sent_yet_cannot_be_decided_on(session, visitor, project):
    for entry in session.exec(select(AuditEntry).where(AuditEntry.action == "diagnosis.move")):
        session.delete(entry)
    session.commit()
    visitor.get(f"/plan/{project.id}/decision", status=404)


def test_another_firms_project_is_404_and_logged(session, visitor, project):
    people.sign_in(visitor.client, people.make_account(session, "firm"))
    visitor.get(f"/plan/{project.id}/decision", status=404)
    visitor.get(f"/plan/{project.id}/progress", status=404)
    visitor.get("/plan/99999999999999999999/decision", status=404)
    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "access.foreign")).all()
    assert len(entries) == 2


def test_characters_no_database_takes_are_left_out(session, visitor, project):
    decide(visitor, project, "rejected", reason="今年\x00不做")
    assert "\x00" not in again(session, project).reason


def test_what_a_firm_types_is_shown_escaped(visitor, project):
    visitor.typed = typed = "<script>alert(1)</script>"
    decide(visitor, project, "rejected", reason=typed)
    assert "&lt;script&gt;alert(1)" in visitor.get("/plan/").html


def test_the_catalogues_words_are_told_in_the_readers_language(session, visitor, project):
    known = judge().catalogue["P01"]
    project.type, project.name, project.content = "P01", known.name.zh, known.what.zh
    project.acceptance = "机房门锁每月检查一次"
    session.add(project)
    session.commit()
    with visitor.client.session_transaction() as kept:
        kept["language"] = "en"
    page = visitor.get("/plan/")
    assert known.name.en in page.text
    assert known.what.en in page.text
    assert known.name.zh not in page.text
    assert "机房门锁每月检查一次" in page.text
