"""The consultants' plan: filled once, edited, ordered, warned about, guarded."""

from datetime import date

import pytest
from sqlmodel import select

from diagnose.reading import judge
from diagnose.records import Actor, AuditEntry, Diagnosis, Firm, Project, Report, Review
from diagnose.records.columns import now
from diagnose.reporting.gathering import gather
from diagnose.reporting.telling import in_place
from diagnose.reviewing import ReviewerRefused, assign
from diagnose.workflow import lacking
from tests.diagnose.diagnosed import make_visited
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import keep, make_account

DAY = date(2026, 12, 1)
NAUGHTY = "<script>alert(1)</script> \u202e=1+1 '\";--"


@pytest.fixture
def scene(session):
    return make_visited(session)


def rows(session, scene):
    session.expire_all()
    found = select(Project).where(Project.diagnosis_id == scene.diagnosis.id)
    return session.exec(found.order_by(Project.year, Project.position)).all()


def post(visitor, path, **fields):
    page = visitor.get(path.rsplit("/", 2)[0] if path.endswith("/move") else path)
    token = page.all("input", name="csrf_token")[0]["value"]
    return visitor.client.post(path, data={"csrf_token": token, **fields})


def test_an_empty_plan_is_filled_once_and_stays_empty_when_emptied(session, scene, as_):
    for project in rows(session, scene):
        session.delete(project)
    session.exec(select(AuditEntry)).all()
    filled = select(AuditEntry).where(AuditEntry.action == "plan.fill")
    for entry in session.exec(filled):
        session.delete(entry)
    session.commit()
    lead = as_(scene.lead)
    assert "系统路线图" in lead.get(f"/work/projects/{scene.diagnosis.id}").text
    count = len(rows(session, scene))
    assert count >= 5
    for project in rows(session, scene):
        session.delete(project)
    session.commit()
    lead.get(f"/work/projects/{scene.diagnosis.id}")
    assert rows(session, scene) == []
    assert len(session.exec(filled).all()) == 1


def test_a_project_is_added_changed_moved_and_removed(session, scene, as_):
    number, lead = scene.diagnosis.id, as_(scene.lead)
    before = len(rows(session, scene))
    form = lead.get(f"/work/projects/{number}/new?type=own")
    lead.typed = NAUGHTY
    token = form.all("input", name="csrf_token")[0]["value"]
    fields = {
        "csrf_token": token, "name": NAUGHTY, "content": NAUGHTY, "year": "2", "months": "4",
        "cost_low": "10", "cost_mid": "5", "cost_high": "20",
    }  # fmt: skip
    wrong = lead.client.post(f"/work/projects/{number}/new?type=own", data=fields)
    assert wrong.status_code == 422
    assert "<script>alert" not in wrong.get_data(as_text=True)
    fields["cost_mid"] = "12.5"
    nameless = lead.client.post(
        f"/work/projects/{number}/new?type=own", data=fields | {"name": " \u200b "}
    )
    assert nameless.status_code == 422
    assert lead.client.post(f"/work/projects/{number}/new?type=own", data=fields).status_code == 302
    added = next(p for p in rows(session, scene) if p.name.startswith("<script>"))
    assert (added.origin, added.cost_mid, added.year) == ("consultant", 12.5, 2)
    assert len(rows(session, scene)) == before + 1
    page = lead.get(f"/work/projects/{number}")
    assert "<script>alert" not in page.html

    post(lead, f"/work/projects/{number}/{added.id}/move", where="earlier")
    post(lead, f"/work/projects/{number}/{added.id}/move", where="up")
    ordered = rows(session, scene)
    first = [p.id for p in ordered if p.year == 1]
    assert first.index(added.id) == len(first) - 2
    assert [p.position for p in ordered] == list(range(len(ordered)))

    lead.send(lead.get(f"/work/projects/{number}/{added.id}/remove"))
    assert added.id not in [p.id for p in rows(session, scene)]
    actions = [e.action for e in session.exec(select(AuditEntry))]
    assert {"project.add", "project.move", "project.remove"} <= set(actions)


def test_a_missing_prerequisite_warns_and_is_kept_for_a_reason(session, scene, as_):
    catalogue, there = judge().catalogue, in_place(gather(session, scene.diagnosis))
    planned = {p.type for p in scene.projects}
    wanting = next(
        p
        for p in catalogue.projects
        if any(len({*n.of} & (there | planned)) < n.least for n in p.needs)
    )
    row = keep(
        session,
        Project(
            diagnosis_id=scene.diagnosis.id, firm_id=scene.firm.id, type=wanting.id, position=99,
            name=wanting.name.zh, cost_low=1.0, cost_mid=2.0, cost_high=3.0, origin="consultant",
        ),
    )  # fmt: skip
    lead, number = as_(scene.lead), scene.diagnosis.id
    assert "缺少前置条件" in lead.get(f"/work/projects/{number}").text
    refused = lacking(session, scene.diagnosis, "submit_inside", scene.lead)
    assert any(wanting.name.zh in problem.zh for problem in refused)
    page = lead.get(f"/work/projects/{number}/{row.id}")
    assert "缺少前置条件" in page.text
    # A select is not among what the visitor's page fills in by itself.
    lead.send(page, override="供应商已有接口", year="1")
    session.expire_all()
    assert lacking(session, scene.diagnosis, "submit_inside", scene.lead) == ()
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "project.change")).one()
    assert entry.details["override"] is True
    draft = lead.client.get(f"/work/reports/{number}/draft")
    assert "供应商已有接口" in draft.get_data(as_text=True)


def test_the_second_to_save_sees_both_versions(session, scene, as_):
    project, number = scene.projects[0], scene.diagnosis.id
    lead, colleague = as_(scene.lead), as_(scene.colleague)
    path = f"/work/projects/{number}/{project.id}"
    mine, theirs = lead.get(path), colleague.get(path)
    colleague.send(theirs, content="同事写的内容", year="1")
    told = lead.send(mine, status=409, content="我写的内容", year="1")
    assert "同事写的内容" in told.text
    assert "我写的内容" in told.all("textarea", name="content")[0]["text"]
    lead.send(told, year="1")
    session.expire_all()
    assert session.get(Project, project.id).content == "我写的内容"


def test_planning_anew_asks_first_and_keeps_what_consultants_added(session, scene, as_):
    lead, number = as_(scene.lead), scene.diagnosis.id
    own = keep(
        session,
        Project(
            diagnosis_id=number,
            firm_id=scene.firm.id,
            name="自拟",
            position=90,
            origin="consultant",
        ),
    )
    page = lead.get(f"/work/projects/{number}/roadmap")
    assert own.id in [p.id for p in rows(session, scene)]
    lead.send(page, budget="20")
    after = rows(session, scene)
    assert own.id in [p.id for p in after]
    for year in (1, 2, 3):
        due = [p.cost_mid for p in after if p.year == year and p.origin == "system"]
        assert sum(due) <= 20 + 1e-6


def test_a_plan_is_shut_once_the_report_is_handed_in(session, scene, as_):
    scene.diagnosis.state = "with_firm"
    keep(session, scene.diagnosis)
    lead, number = as_(scene.lead), scene.diagnosis.id
    lead.get(f"/work/projects/{number}")
    lead.get(f"/work/projects/{number}/{scene.projects[0].id}", status=409)
    lead.get(f"/work/projects/{number}/roadmap", status=409)


def test_another_houses_plans_and_reports_are_not_there(session, scene, as_):
    stranger = make_visited(session)
    other, number = as_(stranger.lead), scene.diagnosis.id
    mine = stranger.diagnosis.id
    for path in (
        f"/work/projects/{number}",
        f"/work/projects/{number}/new",
        f"/work/projects/{number}/{scene.projects[0].id}",
        f"/work/projects/{mine}/{scene.projects[0].id}",
        f"/work/reports/{number}",
        f"/work/reports/{number}/draft/zh.pdf",
        f"/work/reports/{number}/draft/zh.docx",
        f"/work/reports/{number}/check",
        f"/work/reports/{number}/defects",
        f"/work/projects/{2**70}",
        f"/work/projects/{mine}/{2**70}",
    ):
        other.get(path, status=404)
    foreign = session.exec(select(AuditEntry).where(AuditEntry.action == "access.foreign")).all()
    assert len(foreign) == 9


def test_nobody_reviews_their_own_house_or_anothers_review(session, scene, as_):
    scene.diagnosis.state = "in_review"
    keep(session, scene.diagnosis)
    kin = make_account(session, "reviewer", provider_id=scene.provider.id)
    with pytest.raises(ReviewerRefused, match="There is no report"):
        assign(session, scene.diagnosis, kin, Actor())
    report = keep(session, _report(scene))
    with pytest.raises(ReviewerRefused, match="belongs to the provider"):
        assign(session, scene.diagnosis, kin, Actor())
    reviewer, another = (make_account(session, "reviewer") for _ in range(2))
    review = assign(session, scene.diagnosis, reviewer, Actor())
    session.commit()
    assert review.report_id == report.id
    with pytest.raises(ReviewerRefused, match="at work on this version"):
        assign(session, scene.diagnosis, another, Actor())
    as_(another).get(f"/reviews/{review.id}", status=404)
    as_(another).get(f"/reviews/{2**70}", status=404)
    assert session.exec(select(Review)).one().decision == "open"


def _report(scene):
    return Report(
        diagnosis_id=scene.diagnosis.id, number="BG1", version=1, dated=DAY, standard="sme-2024",
        standard_version="1.0.0",
    )  # fmt: skip


def test_the_queue_takes_as_many_statements_for_many_reviews(session, app, as_, statements):
    reviewer, counts = make_account(session, "reviewer"), []
    expert = as_(reviewer)
    for more in (10, 990):
        _reviews(session, reviewer, more)
        with statements(app) as count:
            assert "BG" in expert.get("/reviews/").text
        counts.append(count.total)
    assert counts[0] == counts[1]


def _reviews(session, reviewer, count):
    """Half of them open, half decided."""
    firms = [
        Firm.model_validate({"uscc": make_uscc(), "name": f"企业{at}", "district": "江岸区"})
        for at in range(count)
    ]
    _add(session, firms)
    diagnoses = [Diagnosis(number=f"ZD-{f.id}", firm_id=f.id, state="in_review") for f in firms]
    _add(session, diagnoses)
    issued = {"version": 1, "dated": DAY, "standard": "sme-2024", "standard_version": "1.0.0"}
    reports = [Report(diagnosis_id=d.id, number=f"BG-{d.id}", **issued) for d in diagnoses]
    _add(session, reports)
    done = {"decision": "accepted", "decided_at": now(), "score": 90.0}
    reviews = [
        Review(
            diagnosis_id=r.diagnosis_id, report_id=r.id, reviewer_id=reviewer.id,
            **(done if at % 2 else {}),
        )
        for at, r in enumerate(reports)
    ]  # fmt: skip
    _add(session, reviews)
    session.commit()


def _add(session, rows):
    session.add_all(rows)
    session.flush()
