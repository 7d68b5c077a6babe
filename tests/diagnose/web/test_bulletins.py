"""Pages of bulletins and published statistics, and a firm's rating of its provider."""

from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from diagnose.records import AuditEntry, Diagnosis, Firm, Publication, Rating
from diagnose.records.columns import now
from questionnaires.clock import today
from tests.diagnose.people import make_account, make_diagnosis, make_firm, make_provider, sign_in
from tests.diagnose.web.reported import make_district, make_sent


@pytest.fixture
def officer(session, visitor):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    return account


@pytest.fixture
def firms(session):
    """Twelve covered firms and fourteen open ones of one street."""
    provider = make_provider(session)
    found = [make_firm(session, name=f"{number}号厂") for number in range(26)]
    dates = {"accepted_on": today(), "valid_until": today() + timedelta(900)}
    for firm in found[:12]:
        make_diagnosis(session, firm, provider_id=provider.id, state="done", **dates)
    return found


@pytest.fixture
def draft(officer, visitor, firms):  # noqa: ARG001  # who looks, at what
    page = visitor.get("/bulletins/new")
    return visitor.send(page, month=f"{today():%Y-%m}")


def path_of(page):
    return page.response.request.path


def only(session):
    session.expire_all()
    return session.exec(select(Publication)).one()


def test_a_month_is_gathered_prefaced_and_issued(session, visitor, draft):
    assert "46.1%" in draft.text
    assert "号厂" in draft.text
    path = path_of(draft)
    assert "号厂" not in visitor.get(f"{path}?edition=published").text
    page = visitor.send(visitor.get(f"{path}/edit"), foreword="请抓紧。")
    assert "请抓紧。" in page.text
    refused = visitor.client.post(f"{path}/issue", data=token(page))
    assert refused.status_code == 422
    assert only(session).files == {}
    visitor.client.post(f"{path}/issue", data=token(page) | {"sure": "y"})
    assert len(only(session).files) == 8
    issued = visitor.get(path)
    for link in (e["href"] for e in issued.all("a") if "/files/" in e.get("href", "")):
        assert visitor.client.get(link).status_code == 200
    assert visitor.client.get(f"{path}/files/secret.pdf").status_code == 404
    assert visitor.client.post(f"{path}/issue", data=token(page) | {"sure": "y"}).status_code == 409


def token(page):
    return {"csrf_token": page.all("meta", name="csrf-token")[0]["content"]}


def test_two_who_write_the_foreword_at_once(session, visitor, draft):
    page = visitor.get(f"{path_of(draft)}/edit")
    visitor.send(page, foreword="第一稿")
    late = visitor.send(page, status=409, foreword="第二稿")
    assert "第一稿" in late.text
    assert "第二稿" in late.filled()["foreword"]
    visitor.send(late, foreword="第二稿")
    assert only(session).foreword == "第二稿"


@pytest.mark.usefixtures("officer", "firms")
def test_statistics_are_previewed_with_reasons_released_and_kept_to_their_schedule(
    session, visitor
):
    page = visitor.get("/bulletins/statistics")
    visitor.send(page, status=422)
    assert session.exec(select(Publication)).all() == []
    page = visitor.send(page, sure="y")
    assert "统计数据" in page.heading
    book = visitor.client.get(f"{path_of(page)}/statistics.xlsx").data
    names = CalamineWorkbook.from_filelike(BytesIO(book)).sheet_names
    assert names[0] == "动态覆盖率（含历次公布）"
    again = visitor.get("/bulletins/statistics")
    yesterday = (today() - timedelta(1)).isoformat()
    refused = visitor.send(again, status=409, day=yesterday, sure="y", again="")
    assert refused.filled()["day"] == yesterday


@pytest.mark.usefixtures("officer")
def test_another_district_s_publications_are_not_there(session, as_, draft):
    stranger = make_account(session, "officer", district="别区")
    assert as_(stranger).client.get(path_of(draft)).status_code == 404
    refused = select(AuditEntry).where(AuditEntry.action == "access.foreign")
    assert session.exec(refused).one().subject == f"publication:{only(session).id}"
    assert path_of(draft) not in as_(stranger).get("/bulletins/").html


def test_a_firm_rates_its_provider_until_the_report_is_accepted(session, app, visitor, as_):
    held = make_sent(session, app.extensions["store"], make_district(session)[3])
    sign_in(visitor.client, held.account)
    address = f"/reports/{held.report.id}/rating"
    assert "确认报告之后" in visitor.get(address).text
    confirmed(session, held)
    page = visitor.get(address)
    visitor.send(page, status=422, text="还行")
    visitor.send(page, satisfaction="2", neutral="", text="还行")
    visitor.send(visitor.get(address), satisfaction="1", neutral="2", text="推销软件")
    [row] = session.exec(select(Rating)).all()
    assert (row.satisfaction, row.neutral, row.text) == (1, 2, "推销软件")
    said = session.exec(select(AuditEntry).where(AuditEntry.action == "rating.say")).all()
    assert "推销软件" not in str([entry.details for entry in said])
    diagnosis = session.get_one(Diagnosis, held.diagnosis.id)
    officer = make_account(session, "officer", district=firm_of(session, held).district)
    assert "推销软件" in as_(officer).get("/bulletins/ratings").text
    diagnosis.state, diagnosis.accepted_on = "done", today()
    session.add(diagnosis)
    session.commit()
    assert "不再修改" in visitor.get(address).text
    answer = visitor.client.post(address, data=token(page) | {"satisfaction": "5"})
    assert answer.status_code == 404


def confirmed(session, held):
    held.report.signed_at, held.diagnosis.state = now(), "in_review"
    session.add_all([held.report, held.diagnosis])
    session.commit()


def firm_of(session, held):
    return session.get_one(Firm, held.diagnosis.firm_id)


def test_as_many_statements_for_few_firms_as_for_many(app, session, officer, as_, statements):
    counts = []
    for number in (4, 40):
        for _ in range(number):
            make_firm(session)
        visitor = as_(officer)
        with statements(app) as count:
            visitor.get("/bulletins/statistics")
        counts.append(count.total)
    assert counts[0] == counts[1]
