import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from diagnose.records import Answer, Assessment, Judgement, Rating, answer_row
from diagnose.records.columns import now
from diagnose.web.reading import questionnaire
from diagnose.web.results.pool import pools
from tests.diagnose.people import (
    DISTRICT,
    keep,
    make_account,
    make_diagnosis,
    make_firm,
    make_provider,
    sign_in,
)

PAGES = ("", "groups", "scenes", "providers", "streets")
YEAR = now().year


def judged(session, firm, level, score, basis="self", years_ago=0, sheet=None):
    asked = questionnaire()
    sheet = sheet or keep(
        session,
        Assessment(
            firm_id=firm.id,
            name=firm.name,
            questionnaire=asked.id,
            questionnaire_version=asked.version,
            questionnaire_hash=asked.hash,
            status="submitted",
            submitted_at=now() - timedelta(days=366 * years_ago),
        ),
    )
    held = {"standard": "sme-2024", "standard_version": "1.0.0", "standard_hash": "0"}
    counts = {"answered": 31, "asked": 31, "could_add": 0.0}
    own = {"assessment_id": sheet.id, "level": level, "score": score, "basis": basis}
    keep(session, Judgement(**held, **counts, **own))
    return sheet


def verified(session, firm, sheet, level, score, provider, **changes):
    judged(session, firm, level, score, "verified", sheet=sheet)
    day = now().date()
    held = {"state": "done", "accepted_on": day, "valid_until": day + timedelta(days=900)}
    ids = {"assessment_id": sheet.id, "provider_id": provider.id}
    return make_diagnosis(session, firm, **(held | ids | changes))


def row(page, name):
    """The cells of each table row that is called `name`."""
    rows = re.findall(r"<tr>.*?</tr>", page.html, re.DOTALL)
    found = [[cell(c) for c in re.findall(r"<t[hd].*?</t[hd]>", r, re.DOTALL)] for r in rows]
    return [cells for cells in found if cells[0] == name]


def cell(html):
    return " ".join(re.sub("<[^>]+>", "", html).split())


@pytest.fixture
def officer(visitor, session):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    return visitor


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_district_has_pages_that_say_so(officer, page):
    assert officer.get(f"/analysis/{page}").all("div", class_="note") or page == ""


@pytest.mark.parametrize("page", [*PAGES, "export"])
def test_years_that_cannot_be_meant_do_no_harm(officer, session, page):
    judged(session, make_firm(session), 1, 30.0)
    assert officer.client.get(f"/analysis/{page}?year=x").status_code == 200


def test_levels_and_their_movement(officer, session):
    for number in range(6):
        firm = make_firm(session)
        judged(session, firm, 1, 30.0, years_ago=1)
        judged(session, firm, 2 if number < 4 else 1, 45.0)
    judged(session, make_firm(session), 3, 61.0)
    judged(session, make_firm(session, district="汉阳区"), 4, 90.0)
    text = officer.get("/analysis/").text
    assert "4 家上升，2 家不变，0 家下降" in text
    assert "6 家，占" in text
    assert f"{YEAR} 年测评" in text
    assert "85.7 %" in text
    earlier = officer.get(f"/analysis/?year={YEAR - 1}").text
    assert "家上升" not in earlier


def test_self_assessed_levels_of_few_firms_are_not_shown(officer, session):
    for number in range(5):
        firm = make_firm(session, industry="3484" if number else "1310")
        judged(session, firm, 2, 45.0)
    page = officer.get("/analysis/")
    assert row(page, "农副食品加工业") == [["农副食品加工业", *"–––––", "1", "–"]]


def test_the_weakest_scenes_rest_on_verified_answers_and_on_five_firms(officer, session):
    for number in range(6):
        firm = make_firm(session, industry="3484" if number < 5 else "1310")
        sheet = judged(session, firm, 1, 30.0)
        for scene, level in (("scene_quality", "1"), ("scene_finance", "4")):
            session.add(Answer(**answer_row(sheet.id, scene, level)))
    session.commit()
    page = officer.get("/analysis/scenes")
    (machines,) = row(page, "通用设备制造业")
    assert machines[1] == "5"
    assert "25 ▼" in machines
    assert any(each.startswith("100") for each in machines)
    (food,) = row(page, "农副食品加工业")
    assert set(food[2:]) == {"–"}


def test_providers_are_told_by_both_judgements_reviews_and_ratings(officer, session):
    provider = make_provider(session, name="甲诊断中心")
    for number in range(4):
        firm = make_firm(session)
        sheet = judged(session, firm, 2, 50.0)
        held = {"rounds": 1} if not number else {}
        done = verified(session, firm, sheet, 1 if number == 1 else 2, 48.0, provider, **held)
        if number == 2:
            keep(session, Rating(diagnosis_id=done.id, satisfaction=4, neutral=2))
    page = officer.get("/analysis/providers")
    first, second = row(page, "甲诊断中心")
    assert first[1:] == ["4", "-2.00", "25.0 % (1/4)", "–", "–"]
    assert second[1:6] == ["4", "4", "– (0/0)", "75.0 % (3/4)", "– (0/0)"]
    assert second[6:] == ["– n = 0", "– n = 1", "1/1"]
    assert "/bulletins/ratings#low" in page.html


def test_groups_of_a_small_district_are_not_made_up(app, officer, session):
    for _number in range(6):
        judged(session, make_firm(session), 2, 45.0)
    with app.app_context():
        pools().wait()
    page = officer.get("/analysis/groups")
    assert "groups.json" in page.text
    assert "45" in page.text


def test_an_imported_file_that_is_none_is_told(app, officer, session):
    judged(session, make_firm(session), 2, 45.0)

    Path(app.instance_path, "groups.json").write_text("{}")
    assert "分组文件" in officer.get("/analysis/groups").text


def test_the_export_for_publication_withholds_what_is_small(officer, session):
    for number in range(14):
        firm = make_firm(session, industry="3484" if number < 12 else "1310")
        judged(session, firm, 2, 45.0)
    inside = cells(officer, "/analysis/export")
    outside = cells(officer, "/analysis/export?view=published")
    assert ("农副食品加工业", "2.0") in inside
    assert ("农副食品加工业", "2.0") not in outside
    assert ("农副食品加工业", "*") in outside


def cells(officer, path):
    """Each row's name with each of its cells, over all sheets."""
    book = CalamineWorkbook.from_filelike(BytesIO(officer.client.get(path).data))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return {(str(name), str(cell)) for row in rows for name in row for cell in row}


@pytest.mark.parametrize("page", PAGES)
def test_pages_run_the_same_statements_for_any_number_of_firms(
    app, visitor, session, statements, page
):
    counts = []
    for number in (2, 12):
        district = f"{DISTRICT}{number}"
        officer = make_account(session, "officer", district=district)
        provider = make_provider(session)
        for _each in range(number):
            firm = make_firm(session, district=district)
            sheet = judged(session, firm, 2, 50.0)
            verified(session, firm, sheet, 2, 48.0, provider)
        sign_in(visitor.client, officer)
        visitor.get("/analysis/groups")
        with app.app_context():
            pools().wait()
        with statements(app) as count:
            visitor.get(f"/analysis/{page}")
        counts.append(count.total)
    assert counts[0] == counts[1]
