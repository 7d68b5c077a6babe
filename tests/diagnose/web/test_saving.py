"""Saving while somebody types: answers of every kind, two editors, what is refused."""

import json

import pytest
from sqlmodel import select

from diagnose.records import Answer, Assessment, AuditEntry
from diagnose.records.chain import check_chain
from tests.diagnose.people import make_account, sign_in
from tests.diagnose.web.pages import Page

ADDRESS = "/assessments/1/answers"
EQUIPMENT = "/assessments/1/sections/equipment"


@pytest.fixture
def save(begin, visitor):
    """Begin a sheet; then send questions with what their fields hold, as the page's script does."""
    token = begin().all("meta", name="csrf-token")[0]["content"]

    def send(edition, status=200, address=ADDRESS, **given):
        answers = {
            id_: held if isinstance(held, dict) else {"given": held} for id_, held in given.items()
        }
        reply = visitor.client.post(
            address,
            json={"edition": edition, "answers": answers},
            headers={"X-CSRFToken": token},
        )
        assert reply.status_code == status, reply.text
        return reply.get_json()

    return send


def kept(session):
    session.expire_all()
    return {answer.question: answer.raw for answer in session.exec(select(Answer))}


@pytest.mark.parametrize(
    ("question", "given", "answer"),
    [
        ("ownership", ["private"], "private"),
        ("software", ["erp", "cad"], ["erp", "cad"]),
        ("cloud", ["yes"], True),
        ("founded", ["２００９"], 2009),
        ("digital_spend_last", ["1,234.5"], 1234.5),
        ("largest_customer_share", ["40%"], 40),
        ("main_products", [" 汽车座椅骨架\r\n "], "汽车座椅骨架"),
        ("founded", ["~unknown"], {"state": "unknown"}),
        (
            "scene_warehouse",
            {"given": ["~not_applicable"], "reason": "供水企业"},
            {"state": "not_applicable", "reason": "供水企业"},
        ),
    ],
)
def test_an_answer_of_every_kind_is_kept_as_the_page_would(save, session, question, given, answer):
    reply = save(0, **{question: given})
    assert reply["problems"] == {}
    assert reply["edition"] == 1
    assert kept(session) == {question: answer}


def test_an_answer_is_taken_back(save, session):
    save(0, founded=["2009"])
    assert save(1, founded=[])["edition"] == 2
    assert kept(session) == {}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["很久以前"], "不是数字"),
        (["1"], "最小值"),
        (["1998", "~unknown"], "只留一个"),
        (["~not_applicable"], "不可答“不适用”"),
    ],
)
def test_a_bad_answer_is_told_and_the_others_are_kept(save, session, given, said):
    reply = save(0, founded=given, ownership=["state"])
    assert said in reply["problems"]["founded"]
    assert kept(session) == {"ownership": "state"}


def test_what_is_saved_comes_back_with_progress_as_the_page_counts_it(save, visitor):
    progress = save(0, network=["a"], equipment_digital_rate=["~unknown"])["progress"]
    assert (progress["done"], progress["of"]) == (2, 31)
    assert progress["sections"]["equipment"]["standing"] == "begun"
    page = visitor.get(EQUIPMENT)
    assert page.all("progress")[0]["value"] == "2"
    assert progress["words"] in page.text


def test_counts_fill_their_rates_and_contradictions_are_told(save, session, visitor):
    save(0, equipment_total=["50"])
    reply = save(1, equipment_digital=["20"])
    assert reply["filled"] == {"equipment_digital_rate": {"given": ["c"], "reason": ""}}
    assert kept(session)["equipment_digital_rate"] == "c"
    reply = save(2, equipment_digital=["45"])
    assert kept(session)["equipment_digital_rate"] == "e"
    share = save(3, equipment_digital_rate=["a"])["shares"]["equipment_digital_rate"]
    assert share["contradicts"]
    assert "90%" in share["words"]
    assert share["words"] in visitor.get(EQUIPMENT).text
    assert share["words"] in visitor.get("/assessments/1/review").text


def test_without_a_script_counts_fill_their_rates_too(begin, visitor, session):
    begin()
    fields = {"q.equipment_total": "50", "q.equipment_networked": "5"}
    visitor.send(visitor.get(EQUIPMENT), fields=fields)
    assert kept(session)["equipment_networked_rate"] == "a"


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(save, session):
    save(0, ownership=["state"], founded=["1990"])
    told = save(0, status=409, ownership=["private"])
    assert told["edition"] == 1
    assert told["kept"]["ownership"] == {
        "given": ["state"],
        "reason": "",
        "words": "国有或集体",
    }
    assert told["kept"]["founded"]["given"] == ["1990"]
    assert kept(session)["ownership"] == "state"
    assert save(told["edition"], ownership=["private"])["edition"] == 2
    assert kept(session) == {"ownership": "private", "founded": 1990}


def test_the_script_shows_the_other_window_where_the_page_was_sent_too_late(save, visitor):
    page = visitor.get("/assessments/1/sections/profile")
    save(0, ownership=["state"])
    late = visitor.send(page, status=409, fields={"q.ownership": "private"})
    theirs = json.loads(late.all("fieldset", id="ownership")[0]["data-theirs"])
    assert theirs == {"given": ["state"], "reason": "", "words": "国有或集体"}


def test_saving_what_is_kept_already_is_no_save(save, session):
    save(0, founded=["2009"])
    assert save(1, founded=["2009"])["edition"] == 1
    assert (
        len(session.exec(select(AuditEntry).where(AuditEntry.action == "answers.save")).all()) == 1
    )


def test_every_save_is_one_row_of_the_log_that_names_questions_only(save, session):
    save(0, main_products=["秘密产品"], founded=["2009"])
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "answers.save")).one()
    assert entry.details == {"questions": ["founded", "main_products"]}
    assert (entry.subject, entry.firm_id) == ("assessment:1", 1)
    assert check_chain(session).whole


def test_a_save_takes_few_statements(app, save, statements):
    save(0, founded=["2009"])
    with statements(app) as count:
        save(1, founded=["2010"])
    assert count.total <= 10, count.said


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"edition": 0, "answers": {}}', '{"edition": 0, "answers": {"x": {}}}'],
)
def test_what_is_no_save_is_a_bad_request(begin, visitor, body):
    token = begin().all("meta", name="csrf-token")[0]["content"]
    reply = visitor.client.post(ADDRESS, data=body, headers={"X-CSRFToken": token})
    assert reply.status_code == 400


def test_a_save_without_its_token_is_refused(begin, visitor, session):
    begin()
    body = {"edition": 0, "answers": {"founded": {"given": ["2009"]}}}
    assert visitor.client.post(ADDRESS, json=body).status_code == 400
    assert kept(session) == {}


def test_a_save_without_a_session_leads_to_sign_in(app, begin):
    begin()
    app.config["WTF_CSRF_ENABLED"] = False
    reply = app.test_client().post(ADDRESS, json={})
    assert reply.status_code == 302
    assert "/account/sign-in" in reply.headers["Location"]


def test_another_firms_sheet_is_not_there_and_the_try_is_logged(app, begin, session):
    begin()
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    sign_in(client, make_account(session, "firm"))
    body = {"edition": 0, "answers": {"founded": {"given": ["2009"]}}}
    assert client.post(ADDRESS, json=body).status_code == 404
    assert session.exec(select(AuditEntry).where(AuditEntry.action == "access.foreign")).one()
    assert kept(session) == {}


def test_a_submitted_sheet_takes_no_more_answers(save, session, visitor):
    page = visitor.get("/assessments/1/review")
    visitor.send(page, pledged_by="王建国", pledged_post="总经理", truthful="y")
    edition = session.exec(select(Assessment)).one().edition
    assert save(edition, status=409, founded=["2009"]) == {"closed": "/assessments/1/submitted"}
    assert Page(visitor.client.get("/assessments/1/sections/profile")).check().status == 409
