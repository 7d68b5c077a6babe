"""A firm from the bureau's letter to the submitted sheet, its result and its report."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import Session, select

from diagnose.records import Account, Assessment, AuditEntry, Firm, Status
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.filling import fill_section, fits, primary

pytestmark = pytest.mark.browser
CODE = re.compile(r"(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}")
PASSWORD = "seven quiet lathes 81"


def letter_of(district, open_page, firm):
    """The bureau prints the activation letter of one firm; its text."""
    page = open_page()
    district.enter(page, "officer")
    page.goto(f"/roster/{firm.id}")
    page.locator("main form[action='/roster/invite'] button").click()
    page.locator("input[name=bureau]").fill("示例区科学技术和经济信息化局")
    for tick in page.locator("main input[type=checkbox]").all():
        tick.check()
    with page.expect_download() as download:
        page.locator(
            "button[formaction='/roster/letters'], form[action='/roster/letters'] button"
        ).first.click()
    reader = PdfReader(download.value.path())
    assert len(reader.pages) == 1
    return "".join(reader.pages[0].extract_text().split("\n"))


def newcomers(district):
    """Firms whose account nobody has opened yet, the next at each call."""
    with Session(district.app.extensions["database"], expire_on_commit=False) as session:
        return session.exec(
            select(Firm)
            .join(Account, Account.firm_id == Firm.id)
            .where(Account.password_hash == "")
            .order_by(Firm.id.desc())
        ).first()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_letter_to_result(district, open_page, viewport):
    firm = newcomers(district)
    text = letter_of(district, open_page, firm)
    assert firm.name.replace(" ", "") in text.replace(" ", "")
    page = open_page(viewport=viewport)
    page.goto("/account/activate")
    page.locator("input[name=code]").fill(CODE.search(text).group())
    primary(page)
    assert firm.name in page.locator("main").inner_text()
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=repeat]").fill(PASSWORD)
    page.locator("input[name=accepted]").check()
    primary(page)
    assert fits(page)

    page.goto("/assessments/new")
    assert firm.uscc in page.locator("main").inner_text()
    primary(page)
    while "/sections/" in page.url:
        assert fits(page), page.url
        fill_section(page)
        with page.expect_navigation():
            page.locator("main button.btn-primary[name=then]").click()
    assert page.url.endswith("/review")
    page.locator("input[name=pledged_by]").fill("周立言")
    page.locator("input[name=pledged_post]").fill("总经理")
    page.locator("input[name=truthful]").check()
    primary(page)
    page.goto("/results/")
    assert page.locator("h1").inner_text() == firm.name
    assert fits(page)
    with page.expect_download() as download:
        page.locator("a[href*='zh.pdf']").first.click()
    report = PdfReader(BytesIO(download.value.path().read_bytes()))
    assert len(report.pages) >= 10
    with Session(district.app.extensions["database"]) as session:
        kept = session.exec(select(Assessment).where(Assessment.firm_id == firm.id)).one()
        assert (kept.status, kept.pledged_by) == (Status.SUBMITTED, "周立言")
        acts = session.exec(select(AuditEntry.action).where(AuditEntry.firm_id == firm.id)).all()
    assert {"account.code", "account.activate", "answers.save"} <= set(acts)
