"""The Excel form leaves in one language, is filled in, comes back, and is taken over."""

import re

import pytest
from sqlmodel import Session, select

from diagnose.reading import questionnaire, raw_answers
from diagnose.records import Assessment, Firm
from questionnaires.offline import FormFirm, read_form, write_form

pytestmark = pytest.mark.browser
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def kept(district, number):
    with Session(district.app.extensions["database"]) as session:
        return raw_answers(session, number)


def test_the_form_goes_out_and_comes_back_with_what_was_filled_in(district, open_page):
    page = open_page()
    district.enter(page, "firm at its sheet")
    account = district.account("firm at its sheet")
    with Session(district.app.extensions["database"]) as session:
        sheet = session.exec(
            select(Assessment).where(
                Assessment.firm_id == account.firm_id, Assessment.status == "draft"
            )
        ).one()
        firm = session.get_one(Firm, account.firm_id)
        number, edition, known = sheet.id, sheet.edition, FormFirm(firm.uscc, firm.name)
    page.goto(f"/offline/{number}")
    with page.expect_download() as download:
        page.locator(f"a[href='/offline/{number}.xlsx']").click()
    content = download.value.path().read_bytes()
    before = kept(district, number)
    taken = read_form(content, questionnaire(), known.uscc)
    assert not taken.problems
    assert {q: raw for q, raw in taken.answers.items() if raw is not None} == before

    filled = before | {"planning": "a", "talent": ["a"]}
    assert filled != before
    form = write_form(questionnaire(), "zh", known, filled, edition)
    page.set_input_files("input[name=file]", {"name": "表.xlsx", "mimeType": MEDIA, "buffer": form})
    with page.expect_navigation():
        page.locator("main button.btn-primary").click()
    changed = page.locator("input[name=question]").all()
    assert {box.get_attribute("value") for box in changed} == {
        q for q in filled if filled[q] != before.get(q)
    }
    assert kept(district, number) == before
    with page.expect_navigation():
        page.locator("button[name=then][value=all]").click()
    assert kept(district, number) == filled


def test_the_language_is_switched_on_the_page_and_stays(district, open_page):
    page = open_page()
    district.enter(page, "officer")
    page.goto("/roster/?search=x")
    page.get_by_role("button", name="English").click()
    assert page.url.endswith("/roster/?search=x")
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/diagnoses/")
    words = page.locator("main h1, main label, main thead th, main button, nav a").all_inner_texts()
    assert not [word for word in words if re.search(r"[一-鿿]", word) and "虚构" not in word]
    page.get_by_role("button", name="中文").click()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
