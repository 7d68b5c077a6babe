from sqlmodel import select

from diagnose.records import AuditEntry, Finding, FindingProject, Project
from tests.diagnose.people import keep
from tests.diagnose.web.working import assigned, at_work

SAID = {
    "fact": "装配线首检记录手写，20 张中 6 张没有签字",
    "evidence": "2026-11-20 抽查工单",
    "effect": "每月约 3 起返工（参考估算）",
    "cause": "要求没有写进工单",
}


def write(visitor, work, fields=None, **changes):
    page = visitor.get(f"/work/findings/{work.id}/new")
    return visitor.send(page, fields=fields or {}, **(SAID | changes))


def findings(session):
    session.expire_all()
    return session.exec(select(Finding).order_by(Finding.position)).all()


def test_a_finding_is_written_with_questions_and_projects(visitor, session):
    _, work = at_work(session, visitor.client, "drafting")
    project = keep(session, Project(diagnosis_id=work.id, firm_id=work.firm_id, name="电子工单"))
    fields = {"questions": ["scene_quality", "network"], "projects": [str(project.id)]}
    page = write(visitor, work, fields, scene="scene_quality", severity="3")
    (kept,) = findings(session)
    assert (kept.scene, kept.severity, set(kept.questions)) == (
        "scene_quality",
        3,
        {"scene_quality", "network"},
    )
    assert session.exec(select(FindingProject)).one().project_id == project.id
    assert "电子工单" in page.text


def test_an_empty_finding_is_refused_field_by_field(visitor, session):
    _, work = at_work(session, visitor.client, "drafting")
    page = visitor.send(visitor.get(f"/work/findings/{work.id}/new"), status=422, fact="只有事实")
    assert len(page.problems()) == 3
    assert page.all("textarea", name="fact")[0]["text"].strip() == "只有事实"
    assert not findings(session)


def test_suggestions_name_weak_answers_and_write_no_fact(visitor, session):
    _, work = at_work(session, visitor.client, "drafting")
    page = visitor.get(f"/work/findings/{work.id}")
    link = next(a["href"] for a in page.all("a") if "question=" in a.get("href", ""))
    page = visitor.get(link)
    assert page.all("textarea", name="fact")[0]["text"].strip() == ""
    question = link.split("question=")[1]
    assert "checked" in page.all("input", name="questions", value=question)[0]
    sensitive = visitor.get(f"/work/findings/{work.id}/new?question=network_security")
    assert "checked" in sensitive.all("input", name="security")[0]
    visitor.send(page, **SAID)
    again = visitor.get(f"/work/findings/{work.id}")
    assert not [a for a in again.all("a") if a.get("href", "").endswith(f"question={question}")]


def test_findings_are_put_in_order_and_removed_with_a_question(visitor, session):
    _, work = at_work(session, visitor.client, "drafting")
    for fact in ("甲", "乙", "丙"):
        write(visitor, work, fact=fact)
    last = findings(session)[2]
    page = visitor.get(f"/work/findings/{work.id}")
    token = page.all("input", name="csrf_token")[0]["value"]
    order = f"/work/findings/{work.id}/{last.id}/order"
    for _ in range(3):
        visitor.client.post(order, data={"csrf_token": token, "to": "up"})
    assert [f.fact for f in findings(session)] == ["丙", "甲", "乙"]
    page = visitor.get(f"/work/findings/{work.id}/{last.id}/remove")
    assert len(findings(session)) == 3
    visitor.send(page)
    assert [f.fact for f in findings(session)] == ["甲", "乙"]
    actions = [entry.action for entry in session.exec(select(AuditEntry))]
    assert actions.count("finding.order") == 3
    assert actions.count("finding.remove") == 1


def test_a_colleague_saving_meanwhile_is_told(visitor, session):
    _, work = at_work(session, visitor.client, "drafting")
    write(visitor, work)
    path = f"/work/findings/{work.id}/{findings(session)[0].id}"
    mine, theirs = visitor.get(path), visitor.get(path)
    visitor.send(theirs, cause="同事的根因")
    page = visitor.send(mine, status=409, cause="我的根因")
    assert "同事的根因" in page.text
    visitor.send(page)
    assert findings(session)[0].cause == "我的根因"
    visitor.send(visitor.get(f"{path}/remove"))
    visitor.send(mine, status=404)


def test_a_finding_of_another_diagnosis_is_not_found(visitor, session):
    lead, work = at_work(session, visitor.client, "drafting")
    write(visitor, work)
    other = assigned(session, lead, "drafting")
    number = findings(session)[0].id
    visitor.get(f"/work/findings/{other.id}/{number}", status=404)
    visitor.get(f"/work/findings/{other.id}/{number}/remove", status=404)


def test_projects_and_files_of_others_cannot_be_linked(visitor, session):
    lead, work = at_work(session, visitor.client, "drafting")
    other = assigned(session, lead, "drafting")
    project = keep(session, Project(diagnosis_id=other.id, firm_id=other.firm_id, name="别家"))
    page = visitor.get(f"/work/findings/{work.id}/new")
    sent = {"projects": [str(project.id)], "attachment_id": "1"}
    visitor.send(page, status=422, fields=sent, **SAID)
    assert not findings(session)


def test_findings_are_closed_once_the_report_is_handed_in(visitor, session):
    _, work = at_work(session, visitor.client, "internal_check")
    assert "写一条问题" not in visitor.get(f"/work/findings/{work.id}").text
    visitor.get(f"/work/findings/{work.id}/new", status=409)


def test_naughty_words_come_back_escaped(visitor, session):
    _, work = at_work(session, visitor.client, "drafting")
    visitor.typed = naughty = "<img src=x onerror=alert(1)>{{ 7 * 7 }}"
    page = write(visitor, work, fact=naughty)
    assert "<img" not in page.html
    assert naughty in page.text
