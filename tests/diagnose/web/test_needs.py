from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from diagnose.records import Census, Firm, Need, Project
from diagnose.records.columns import now
from tests.diagnose.people import DISTRICT, keep, make_account, make_firm, sign_in


def make_census(session, firm, shares=("match",), stage="submitted", facts=None):
    submitted_at = now() if stage != "draft" else None
    held = {"stage": stage, "shares": list(shares), "facts": facts or {}, "pledged_by": "王海"}
    return keep(session, Census(firm_id=firm.id, submitted_at=submitted_at, **held))


def make_need(session, census, **changes):
    held = {"name": "想上MES，看清生产进度", "scene": "scene_production", "budget": 40.0}
    ids = {"census_id": census.id, "firm_id": census.firm_id}
    return keep(session, Need.model_validate(held | ids | changes))


@pytest.fixture
def officer(visitor, session):
    sign_in(visitor.client, make_account(session, "officer"))
    return visitor


@pytest.fixture
def census(session):
    return make_census(session, make_firm(session))


def need_after(session, need):
    session.expire_all()
    return session.get(Need, need.id)


def test_the_list_shows_what_may_be_read_and_nothing_else(officer, session, census):
    make_need(session, census)
    secret = make_census(session, make_firm(session), shares=())
    make_need(session, secret, name="只统计不看")
    draft = make_census(session, make_firm(session), stage="draft")
    make_need(session, draft, name="还没提交")
    elsewhere = make_census(session, make_firm(session, district="汉阳区"))
    make_need(session, elsewhere, name="别区的需求")
    text = officer.get("/needs/").text
    assert "看清生产进度" in text
    for name in ("只统计不看", "还没提交", "别区的需求"):
        assert name not in text
    assert "只统计不看" not in officer.get(f"/needs/sheets/{secret.id}").text
    assert "还没提交" not in officer.get(f"/needs/sheets/{draft.id}").text
    officer.get(f"/needs/sheets/{elsewhere.id}", 404)


def test_filters_narrow_the_list(officer, session, census):
    make_need(session, census, urgency=3, ai=True)
    make_need(session, census, name="盘点账实不符", scene="scene_warehouse", type="P14")
    assert "盘点" not in officer.get("/needs/?urgency=3").text
    assert "盘点" in officer.get("/needs/?type=P14&scene=scene_warehouse&ai=no").text
    assert "没有" in officer.get("/needs/?q=nothing&stage=met").text
    officer.get("/needs/?stage=x&urgency=9&page=x")


def test_a_sheet_is_checked_matched_and_closed(officer, session, census):
    need = make_need(session, census)
    page = officer.get(f"/needs/sheets/{census.id}")
    said = {n: page.all("input", name=n)[0]["value"] for n in ("csrf_token", "edition")}
    officer.client.post(f"/needs/sheets/{census.id}/check", data=said)
    session.expire_all()
    assert census.stage == "checked"
    assert "已核实" in officer.get("/needs/sheets?state=checked").text
    page = officer.get(f"/needs/{need.id}/match")
    assert "MES" in page.text
    assert page.filled()["type"] in {"P04", "P11"}
    officer.send(page, type="P11", outcome="先做扫码报工")
    kept = need_after(session, need)
    assert (kept.stage, kept.matched_type) == ("matched", "P11")
    assert "已对接" in officer.get(f"/needs/sheets/{census.id}").heading
    officer.send(page, status=409, type="P04")
    assert need_after(session, need).matched_type == "P11"
    close = officer.get(f"/needs/{need.id}/close")
    officer.send(close, status=422, stage="met", outcome="")
    officer.send(close, stage="met", outcome="已上线扫码报工")
    kept = need_after(session, need)
    assert (kept.stage, kept.closed_at is not None) == ("met", True)
    assert "已关闭" in officer.get(f"/needs/sheets/{census.id}").heading


def test_a_need_becomes_one_project_of_the_pool(officer, session, census):
    need = make_need(session, census, type="P04")
    page = officer.get(f"/needs/{need.id}/pool")
    officer.send(page)
    officer.send(page)
    project = session.exec(select(Project)).one()
    assert (project.stage, project.origin, project.type) == ("pooled", "census", "P04")
    assert (project.cost_low, project.cost_mid, project.cost_high) == (40, 40, 40)
    assert need_after(session, need).project_id == project.id


def test_nothing_is_done_with_a_need_the_firm_keeps_to_itself(officer, session):
    need = make_need(session, make_census(session, make_firm(session), shares=()))
    for page in ("match", "close", "pool"):
        officer.get(f"/needs/{need.id}/{page}", 404)


def test_published_sums_withhold_small_cells_and_internal_ones_do_not(officer, session):
    for number in range(14):
        firm = make_firm(session, industry="3484" if number < 11 else "1310")
        make_need(session, make_census(session, firm, shares=()), type="P11", budget=7.0)
    inside = officer.get("/needs/sums")
    assert "98" in inside.text
    outside = officer.get("/needs/sums?view=published")
    assert "98" not in outside.text
    assert "内部" in inside.heading
    assert "内部" not in outside.heading
    for view, firms in (("", True), ("?view=published", False)):
        book = CalamineWorkbook.from_filelike(
            BytesIO(officer.client.get(f"/needs/export{view}").data)
        )
        cells = {
            str(c)
            for n in book.sheet_names
            for r in book.get_sheet_by_name(n).to_python()
            for c in r
        }
        assert ("98.0" in cells) == firms
        assert ("3.0" in cells) == firms


@pytest.mark.parametrize("path", ["/needs/", "/needs/sheets", "/needs/sums"])
def test_lists_run_the_same_statements_for_any_number_of_firms(
    app, visitor, session, statements, path
):
    counts = []
    for number in (10, 1000):
        officer = make_account(session, "officer", district=f"{DISTRICT}{number}")
        many(session, officer.district, number)
        sign_in(visitor.client, officer)
        with statements(app) as count:
            visitor.get(path)
        counts.append(count.total)
    assert counts[0] == counts[1]


def many(session, district, number):
    firm = make_firm(session, district=district).model_dump(exclude={"id", "uscc", "created_at"})
    start = 500_000 + 2 * number
    for at in range(number):
        session.add(make_row(firm, start + at))
    session.commit()


def make_row(held, number):
    return Firm.model_validate(held | {"uscc": f"{number:018d}"})
