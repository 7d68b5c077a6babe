"""Tasks in the browser's eyes: loaded, filtered, filled in, followed up, brought in as a file."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlmodel import select

from diagnose.records import Task, TaskLetter, TaskPlan
from diagnose.tasks.examples import examples
from questionnaires.clock import today
from tests.diagnose.people import DISTRICT, keep, make_account
from tests.diagnose.tasks.test_task_intake import GOOD, HEADS, book


@pytest.fixture
def page(as_, session):
    return as_(make_account(session, "officer"))


@pytest.fixture
def plan(session):
    return keep(session, TaskPlan(district=DISTRICT, title="实施方案"))


def make_task(session, plan, **changes):
    held = {"plan_id": plan.id, "number": "1", "title": "普查", "lead": "甲局", "others": []}
    held |= {"due_on": "2026-04-15", "stage": "under_way"}
    return keep(session, Task.model_validate(held | changes))


def token(shown):
    return shown.all("meta", name="csrf-token")[0]["content"]


def test_the_example_is_loaded_with_one_click(page, session):
    shown = page.get("/tasks/")
    assert "岸政办〔2021〕16号" in shown.text
    way = "/tasks/plan/examples/jiangan-2021"
    page.client.post(way, data={"csrf_token": token(shown)})
    tasks = session.exec(select(Task)).all()
    assert len(tasks) == len(examples()["jiangan-2021"].entries)
    listed = page.get("/tasks/")
    assert listed.text.count("区科学技术和经济信息化局") >= len(tasks)
    again = page.client.post(way, data={"csrf_token": token(listed)}, follow_redirects=True)
    assert again.status_code == 200
    assert len(session.exec(select(Task)).all()) == len(tasks)


def test_a_plan_and_a_task_are_entered_and_what_is_wrong_stays(page, session):
    page.send(page.get("/tasks/plan"), title="2026 年方案")
    plan = session.exec(select(TaskPlan)).one()
    assert page.send(page.get("/tasks/plan"), 422, title="2026 年方案").problems()
    way = f"/tasks/plans/{plan.id}/new"
    typed = {"number": "1", "title": "需求普查", "lead": "区科经局", "due_on": "年底"}
    wrong = page.send(page.get(way), 422, **typed)
    assert wrong.filled()["title"] == "需求普查"
    page.send(wrong, due_on="2026-12-31", others="区发改局、区财政局", goal="100")
    task = session.exec(select(Task)).one()
    assert (task.others, task.goal) == (["区发改局", "区财政局"], 100.0)
    assert page.send(page.get(way), 422, **typed | {"due_on": "2026-12-31"}).problems()


def test_the_list_is_narrowed_by_unit_light_and_state(page, session, plan):
    make_task(session, plan, title="逾期的任务")
    later = {"due_on": "2099-12-31", "lead": "乙局"}
    make_task(session, plan, number="2", title="以后的任务", **later)
    red = page.get("/tasks/?light=red")
    assert "逾期的任务" in red.text
    assert "以后的任务" not in red.text
    assert "以后的任务" in page.get("/tasks/?unit=乙局").text
    assert "逾期的任务" in page.get("/tasks/?stage=overdue").text
    sheet = page.client.get("/tasks/export?light=red").data
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows[1:]] == ["逾期的任务"]


def test_a_value_is_kept_with_day_and_proof(page, session, plan):
    task = make_task(session, plan, goal=10.0, unit="家")
    way = f"/tasks/{task.id}"
    shown = page.get(way)
    typed = {"value-value": "4", "value-proof": "普查报告", "value-value_on": "2026-03-01"}
    kept = {"csrf_token": token(shown), "value-edition": "0"}
    wrong = page.client.post(f"{way}/value", data=kept | typed | {"value-value": "四"})
    assert wrong.status_code == 422
    assert "普查报告" in wrong.get_data(as_text=True)
    page.client.post(f"{way}/value", data=kept | typed)
    session.refresh(task)
    assert (task.value, task.proof) == (4.0, "普查报告")
    assert page.client.post(f"{way}/value", data=kept | typed).status_code == 409
    assert "40.0%" in page.get(way).text


def test_a_letter_is_due_written_printed_and_answered(page, session, plan, tmp_path):
    task = make_task(session, plan, indicator="普查企业数")
    way = f"/tasks/{task.id}"
    shown = page.get("/tasks/")
    assert f"{way}#letter" in shown.html
    typed = {"csrf_token": token(shown), "letter-reason": "进度滞后，请加快"}
    day = today().isoformat()
    assert page.client.post(f"{way}/letter", data=typed).status_code == 422
    page.client.post(f"{way}/letter", data=typed | {"letter-mend_by": day})
    letter = session.exec(select(TaskLetter)).one()
    assert letter.figures["light"] == "red"
    assert f"{way}#letter" not in page.get("/tasks/").html
    made = page.get(f"/tasks/letters/{letter.id}").filled() | {"bureau": "区督查室"}
    (tmp_path / "letter.pdf").write_bytes(
        page.client.post(f"/tasks/letters/{letter.id}", data=made).data
    )
    words = PdfReader(tmp_path / "letter.pdf").pages[0].extract_text()
    assert letter.number in words
    assert "进度滞后" in words
    said = {"csrf_token": token(shown), "answer-answer": "已整改", "answer-answered_on": day}
    page.client.post(f"/tasks/letters/{letter.id}/answer", data=said)
    session.refresh(letter)
    assert letter.answer == "已整改"
    assert "已整改" in page.get(way).text


def test_a_task_is_done_with_proof_and_closed(page, session, plan):
    task = make_task(session, plan)
    way = f"/tasks/{task.id}"
    sent = {"csrf_token": token(page.get(way)), "move": "finish"}
    assert page.client.post(f"{way}/move", data=sent | {"edition": 0}).status_code == 409
    task.proof = "普查报告"
    keep(session, task)
    page.client.post(f"{way}/move", data=sent | {"edition": 0})
    page.client.post(f"{way}/move", data=sent | {"move": "close", "edition": 1})
    session.refresh(task)
    assert (task.stage, task.closed_on) == ("closed", today())


def test_a_file_is_looked_at_mended_and_taken_over_as_a_whole(page, session, plan):
    way = f"/tasks/plans/{plan.id}/import"
    bad = (*GOOD[:4], 2, "很多", *GOOD[6:])

    def send(content):
        file = (BytesIO(content), "tasks.xlsx")
        return page.client.post(way, data={"csrf_token": token(page.get(way)), "file": file})

    wrong = send(book(HEADS, GOOD, bad))
    assert wrong.status_code == 422
    assert "很多" in wrong.get_data(as_text=True)
    assert session.exec(select(Task)).all() == []
    shown = send(book(HEADS, GOOD)).get_data(as_text=True)
    assert session.exec(select(Task)).all() == []
    stamp = shown.split('name="sha256"')[1].split('value="')[1].split('"')[0]
    sent = {"csrf_token": token(page.get(way)), "sha256": stamp}
    page.client.post(f"{way}/take", data=sent)
    assert [task.title for task in session.exec(select(Task)).all()] == ["需求普查"]
    assert page.client.post(f"{way}/take", data=sent, follow_redirects=True).status_code == 200


def test_the_empty_file_is_read_back_with_all_its_columns(page, session, plan):
    content = page.client.get("/tasks/template").data
    heads = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()[0]
    row = {"任务号★": "1", "任务★": "普查", "牵头单位★": "甲局", "完成时限★": "2026-12-31"}
    way = f"/tasks/plans/{plan.id}/import"
    filled = book(heads, [row.get(head, "") for head in heads])
    sent = {"csrf_token": token(page.get(way)), "file": (BytesIO(filled), "tasks.xlsx")}
    assert page.client.post(way, data=sent).status_code == 200
    assert session.exec(select(Task)).all() == []


def test_the_list_takes_as_many_statements_for_many_tasks(page, session, plan, app, statements):
    counts = []
    for more in (5, 200):
        for at in range(more):
            feed = "coverage.dynamic" if at % 2 else ""
            make = {"plan_id": plan.id, "number": f"{more}.{at}", "title": "任务", "lead": "甲局"}
            session.add(Task.model_validate(make | {"feed": feed, "due_on": "2026-12-31"}))
        session.commit()
        page.get("/tasks/")
        with statements(app) as count:
            page.get("/tasks/")
        counts.append(count.total)
    assert counts[0] == counts[1]
