"""Campaigns as an officer makes them on the pages, and the sheets that firms begin in them."""

from io import BytesIO

from python_calamine import CalamineWorkbook
from sqlmodel import select

from diagnose.records import Assessment, Campaign
from tests.diagnose.people import keep


def planned(page, session, **typed):
    answer = page.send(page.get("/campaigns/new"), **typed)
    found = session.exec(select(Campaign).order_by(Campaign.id.desc())).first()
    return answer, found


def press(page, shown, path):
    """Press the button whose form goes to `path`, on the campaign as it stands."""
    token = shown.all("meta", name="csrf-token")[0]["content"]
    edition = page.get(path.rpartition("/")[0]).all("input", name="edition")[0]["value"]
    sent = {"csrf_token": token, "edition": edition}
    return page.client.post(path, data=sent, follow_redirects=True)


def opened(page, session):
    shown, campaign = planned(page, session)
    way = f"/campaigns/{campaign.id}"
    press(page, shown, f"{way}/freeze")
    token = shown.all("meta", name="csrf-token")[0]["content"]
    signed = {"bureau": "江一帆", "statistics": "统计局 陈平", "edition": 1, "csrf_token": token}
    page.client.post(f"{way}/sign", data=signed)
    press(page, shown, f"{way}/open")
    session.expire_all()
    return session.get(Campaign, campaign.id)


def sheet(session, firm, version="1.0.0"):
    return keep(
        session,
        Assessment(
            firm_id=firm.id,
            name=firm.name,
            questionnaire="sme-2024",
            questionnaire_version=version,
            questionnaire_hash="0" * 64,
        ),
    )


def read_excel(content):
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
