"""What is done while a campaign runs: packages, reminders, letters, drafts of another version."""

from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlmodel import select

from diagnose.records import (
    Actor,
    Answer,
    Assessment,
    Diagnosis,
)
from diagnose.records.columns import now
from diagnose.records.roster import Change, Ground
from diagnose.roster.recording import record
from questionnaires import versions
from questionnaires.clock import today
from tests.diagnose.people import keep, make_account, make_firm, make_provider
from tests.diagnose.web.campaigning import opened, read_excel, sheet

LIBRARY = Path(versions.__file__).parent / "library"
ONLY_BEFORE = """questions:
      - id: only_before
        kind: text
        length: 50
        required: false
        label: {zh: 以前才问的, en: Asked only before}
"""


@pytest.fixture
def earlier_version(tmp_path, monkeypatch):
    """An earlier version of the questionnaire, which asked one question more."""
    text = (LIBRARY / "sme-2024.yaml").read_text(encoding="utf-8")
    text = text.replace("version: 1.0.0", "version: 0.9.0").replace("questions:\n", ONLY_BEFORE, 1)
    file = tmp_path / "0.9.0.yaml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(versions, "earlier_files", lambda _id: {"0.9.0": file})
    versions.load_version.cache_clear()
    yield "0.9.0"
    versions.load_version.cache_clear()


@pytest.fixture
def officer(session):
    return make_account(session, "officer")


@pytest.fixture
def page(as_, officer):
    return as_(officer)


def test_packages_show_provider_states_load_and_conflicts(page, session):
    firms = [make_firm(session) for _ in range(2)]
    campaign = opened(page, session)
    provider = make_provider(session, load=1)
    for each in session.exec(select(Diagnosis)).all():
        each.provider_id, each.package, each.state = provider.id, "一包", "assigned"
        keep(session, each)
    shown = page.get(f"/campaigns/{campaign.id}/packages")
    assert provider.name in shown.text
    assert "2 / 1" in shown.text
    listed = page.get(f"/diagnoses/?campaign={campaign.id}&package=一包")
    assert firms[0].uscc
    assert "2" in listed.text


def test_reminders_name_whoever_is_waited_for(page, session):
    begun, late = make_firm(session, name="甲厂"), make_firm(session, name="乙厂")
    make_firm(session, name="丙厂", phone="13800001234", contact="周立言")
    campaign = opened(page, session)
    for firm in (begun, late):
        sheet(session, firm)
    submitted = sheet(session, late)
    submitted.status, submitted.submitted_at = "submitted", now()
    keep(session, submitted)
    waits = session.exec(select(Diagnosis).where(Diagnosis.firm_id == late.id)).one()
    waits.state, waits.due_at = "with_firm", now() - timedelta(days=3)
    keep(session, waits)
    way = f"/campaigns/{campaign.id}/reminders"
    rows = read_excel(page.client.get(f"{way}/list").data)["催办"]
    by_firm = {row[1]: (row[3], row[10]) for row in rows[1:]}
    assert by_firm["甲厂"][0] == "自评未提交"
    assert by_firm["乙厂"][0] == "报告超期未确认"
    assert by_firm["丙厂"][0] == "自评未开始"
    assert "0000" not in by_firm["丙厂"][1]
    asked = page.get(f"{way}/phones")
    fetched = page.client.post(f"{way}/phones", data=asked.filled() | {"reason": "电话催办"})
    assert "13800001234" in str(read_excel(fetched.data))
    assert "丙厂" in page.get(f"{way}?kind=not_begun").text
    assert "甲厂" not in page.get(f"{way}?kind=not_begun").text


def test_nobody_waits_for_a_firm_that_went(page, session):
    closed, exempt, stays = (make_firm(session, name=name) for name in ("甲厂", "乙厂", "丙厂"))
    campaign = opened(page, session)
    record(session, Actor(), closed, Change.CLOSED, today(), proof="注销通知")
    facts = {"ground": Ground.SECRET}
    record(session, Actor(), exempt, Change.EXEMPTED, today(), facts=facts, proof="证明")
    session.commit()
    way = f"/campaigns/{campaign.id}"
    rows = read_excel(page.client.get(f"{way}/reminders/list").data)["催办"]
    assert [row[1] for row in rows[1:]] == ["丙厂"]
    asked = page.get(f"{way}/letters").all("input", name="firm")
    assert {field["value"] for field in asked} == {str(stays.id)}


def test_reminder_letters_go_to_firms_that_can_do_something(page, session, tmp_path):
    make_firm(session, name="甲厂")
    campaign = opened(page, session)
    way = f"/campaigns/{campaign.id}/reminders/letters"
    assert page.send(page.get(way), 422, bureau="").problems()
    sent = page.get(way).filled() | {"bureau": "江岸区科经局", "contact": "江一帆 82211111"}
    content = page.client.post(way, data=sent).data
    (tmp_path / "letters.pdf").write_bytes(content)
    words = PdfReader(tmp_path / "letters.pdf").pages[0].extract_text()
    assert "甲厂" in words
    assert "江岸区科经局" in words


def test_letters_lead_to_the_roster_s_own_page(page, session):
    firm = make_firm(session)
    campaign = opened(page, session)
    shown = page.get(f"/campaigns/{campaign.id}/letters")
    sent = shown.all("input", name="firm")[0]["value"]
    assert sent == str(firm.id)


def test_drafts_of_another_version_are_moved_and_firms_may_stay(
    page, session, as_, earlier_version
):
    moving, staying = make_firm(session), make_firm(session)
    campaign = opened(page, session)
    sheets = [sheet(session, firm, earlier_version) for firm in (moving, staying)]
    for each in sheets:
        session.add(Answer(assessment_id=each.id, question="network", state="unknown"))
        session.add(
            Answer(assessment_id=each.id, question="only_before", state="answered", value="焊接")
        )
    session.commit()
    firm = as_(make_account(session, "firm", firm_id=staying.id))
    assert "较新" in firm.get("/assessments/").text or "newer" in firm.get("/assessments/").text
    way = f"/assessments/{sheets[1].id}/version"
    assert "only_before" in firm.get(way).text
    firm.client.post(way, data=firm.get(way).filled() | {"choice": "stay"})
    shown = page.get(f"/campaigns/{campaign.id}/sheets")
    assert "焊接" not in shown.text
    page.send(shown)
    session.expire_all()
    moved, stayed = (session.get(Assessment, each.id) for each in sheets)
    assert moved.questionnaire_version == campaign.questionnaire_version
    assert moved.earlier["only_before"]["words"]["zh"] == "焊接"
    kept = session.exec(select(Answer.question).where(Answer.assessment_id == moved.id)).all()
    assert kept == ["network"]
    assert stayed.questionnaire_version == earlier_version
    own = as_(make_account(session, "firm", firm_id=moving.id))
    assert "焊接" in own.get("/assessments/").text
