"""A consultant at work, as tests need one: signed in, with a diagnosis in some state."""

from io import BytesIO

from diagnose.records.columns import now
from tests.diagnose.diagnosed import make_sheet
from tests.diagnose.people import make_account, make_diagnosis, make_firm, make_provider, sign_in
from tests.diagnose.uploads.sample_files import pdf
from tests.diagnose.web.pages import Page


def paper(text="signed"):
    return BytesIO(pdf(text)), "签字页.pdf"


def at_work(session, client, state="assigned", **changes):
    """Sign a lead in, and give them a diagnosis of a firm that handed in its sheet."""
    provider = make_provider(session)
    lead = make_account(session, "consultant", provider_id=provider.id, name="李强")
    sign_in(client, lead)
    return lead, assigned(session, lead, state, **changes)


def assigned(session, lead, state="assigned", answers=None, **changes):
    firm = make_firm(session, contact="王海", phone="13800001234")
    sheet = make_sheet(session, firm, answers) if answers else make_sheet(session, firm)
    held = {"provider_id": lead.provider_id, "lead_id": lead.id, "assessment_id": sheet.id}
    held |= {"state": state, "state_since": now()}
    return make_diagnosis(session, firm, **(held | changes))


def move(visitor, diagnosis, step, status=200, **fields):
    """Press a button of the diagnosis's page."""
    page = visitor.get(f"/work/{diagnosis.id}")
    token = page.all("input", name="csrf_token")[0]["value"]
    editions = [e["value"] for e in page.all("input", name="edition")]
    sent = {"csrf_token": token, "edition": (editions or ["0"])[0], "move": step} | fields
    answer = visitor.client.post(f"/work/{diagnosis.id}/moves", data=sent, follow_redirects=True)
    assert answer.status_code == status, Page(answer).text
    return Page(answer).check()
