from io import BytesIO

import pytest
from sqlmodel import select

from diagnose.records import Attachment, AuditEntry, Verification
from tests.diagnose.web.working import at_work, paper

SECTION = "production"


@pytest.fixture
def work(session, visitor):
    return at_work(session, visitor.client, "on_site")[1]


def address(diagnosis, section=SECTION):
    return f"/work/answers/{diagnosis.id}/sections/{section}"


def found(session):
    session.expire_all()
    return {v.question: v for v in session.exec(select(Verification))}


def test_a_tick_confirms_and_taking_it_away_opens_again(visitor, session, work):
    page = visitor.get(address(work))
    fields = {"confirm.scene_quality": "y"}
    page = visitor.send(page, fields=fields, then="stay")
    kept = found(session)
    assert list(kept) == ["scene_quality"]
    assert (kept["scene_quality"].changed, kept["scene_quality"].value) == (False, "1")
    assert "属实" in page.text
    visitor.send(page, drop=["confirm.scene_quality"], then="stay")
    assert not found(session)


def test_a_whole_section_is_confirmed_at_once_but_for_what_is_corrected(visitor, session, work):
    page = visitor.get(address(work))
    fields = {"q.scene_quality": "0", "why.scene_quality": "没有检验记录"}
    visitor.send(page, fields=fields, then="confirm.*")
    kept = found(session)
    assert len(kept) == 6
    assert [q for q, v in kept.items() if v.changed] == ["scene_quality"]


def test_another_answer_takes_a_reason_and_the_others_are_kept(visitor, session, work):
    page = visitor.get(address(work))
    fields = {"q.scene_quality": "3", "confirm.scene_energy": "y"}
    page = visitor.send(page, status=422, fields=fields, then="stay")
    assert page.problems() == ["改动答案须写明理由。"]
    assert list(found(session)) == ["scene_energy"]
    page = visitor.send(page, fields={"why.scene_quality": "看到在线检测"}, then="stay")
    assert found(session)["scene_quality"].value == "3"
    assert "高于自评" in page.text
    sheet = visitor.get(f"/work/answers/{work.id}?show=changed")
    assert "看到在线检测" in sheet.text
    assert "高于自评" in sheet.text


def test_what_the_firm_answered_cannot_be_left_blank(visitor, session, work):
    page = visitor.get(address(work, "equipment"))
    page = visitor.send(page, status=422, fields={"q.equipment_total": ""}, then="stay")
    assert "不能留空" in page.text
    fields = {"q.equipment_total": "", "q.equipment_total.state": "~unknown"}
    visitor.send(page, fields=fields | {"why.equipment_total": "台账缺失"}, then="stay")
    assert found(session)["equipment_total"].state == "unknown"


def test_proof_is_a_file_or_seen_on_site(visitor, session, work):
    page = visitor.get(address(work))
    fields = {"confirm.scene_quality": "y", "proof.scene_quality": "seen"}
    fields |= {"confirm.scene_energy": "y", "file.scene_energy": paper()}
    page = visitor.send(page, fields=fields, then="stay")
    kept, file = found(session), session.exec(select(Attachment)).one()
    assert kept["scene_quality"].seen
    assert kept["scene_energy"].attachment_id == file.id
    assert (file.purpose, file.question) == ("evidence", "scene_energy")
    fields = {"file.scene_quality": (BytesIO(b"MZ\x90 a program"), "证据.pdf")}
    refused = visitor.send(page, status=422, fields=fields, then="stay")
    assert "证据.pdf" in refused.text
    page = visitor.send(page, status=422, fields={"file.scene_safety": paper()}, then="stay")
    assert "再上传证据" in page.text


def test_two_colleagues_do_not_overwrite_each_other(visitor, session, work):
    mine, theirs = visitor.get(address(work)), visitor.get(address(work))
    visitor.send(theirs, fields={"confirm.scene_quality": "y"}, then="stay")
    changed = {"q.scene_quality": "0", "why.scene_quality": "我看到的不同"}
    page = visitor.send(mine, status=409, fields=changed, then="stay")
    assert "同事保存的结果" in page.text
    assert found(session)["scene_quality"].value == "1"
    assert page.all("textarea", name="why.scene_quality")[0]["text"].strip() == "我看到的不同"
    visitor.send(page, then="stay")
    assert found(session)["scene_quality"].value == "0"


def test_scores_are_shown_both_ways(visitor, work):
    page = visitor.get(address(work, "equipment"))
    fields = {"q.network": ["a"], "why.network": "没有无线网络"}
    visitor.send(page, fields=fields, then="stay")
    text = visitor.get(f"/work/answers/{work.id}").text
    assert "−" in text
    assert "核实清单" in text


def test_after_drafting_the_answers_can_only_be_read(visitor, session):
    _, work = at_work(session, visitor.client, "with_firm")
    page = visitor.get(address(work))
    assert not page.all("textarea")
    visitor.send(page, status=409, then="confirm.*")
    assert not found(session)


def test_looking_and_verifying_are_logged_without_texts(visitor, session, work):
    page = visitor.get(address(work))
    fields = {"q.scene_quality": "0", "why.scene_quality": "机密理由"}
    visitor.send(page, fields=fields, then="stay")
    log = session.exec(select(AuditEntry).where(AuditEntry.firm_id == work.firm_id)).all()
    by = {entry.action: entry.details for entry in log}
    assert by["verification.save"]["changed"] == ["scene_quality"]
    assert "view.answers" in by
    assert "机密" not in str([entry.details for entry in log])


def test_naughty_reasons_come_back_escaped(visitor, work):
    page = visitor.get(address(work))
    naughty = '"><script>alert(1)</script>\x00{{ 7 * 7 }}'
    visitor.typed = naughty.replace("\x00", "")
    fields = {"q.scene_quality": "0", "why.scene_quality": naughty}
    page = visitor.send(page, fields=fields, then="stay")
    assert page.all("textarea", name="why.scene_quality")[0]["text"].strip() == visitor.typed
    assert "<script>alert" not in page.html
