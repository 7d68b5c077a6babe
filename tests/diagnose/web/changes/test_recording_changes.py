"""Changes recorded, and taken back."""

from datetime import date
from io import BytesIO

import pytest
from sqlmodel import select

from diagnose.records import AuditEntry, Firm
from diagnose.records.roster import Change, Listing, RosterEvent
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import make_firm
from tests.diagnose.uploads.sample_files import picture
from tests.diagnose.web.changes.changing import fill, form_of, listings, take_back


class TestRecording:
    def test_every_kind_has_its_form(self, visitor, session, officer):
        firm = make_firm(session, district=officer.district)
        page = visitor.get(f"/roster/changes/record/{firm.id}")
        for kind in set(Change) - {Change.VOIDED, Change.DESCRIBED}:
            assert f"change={kind}" in page.html
            assert form_of(visitor, firm, kind).status == 200

    def test_one_paper_proves_two_changes(self, visitor, session, officer):
        firm = make_firm(session, district=officer.district)
        for change, typed in (("renamed", {"name": "武汉甲泵业有限公司"}), ("stopped", {})):
            notice = (BytesIO(picture("PNG")), "通知.png")
            fill(visitor, firm, change, file=notice, **typed)
        [one, two] = session.exec(
            select(RosterEvent.proof_id).where(RosterEvent.change.in_(("renamed", "stopped")))
        )
        assert one is not None
        assert one == two

    def test_what_is_wrong_stands_beside_what_it_is_about(self, visitor, session, officer):
        firm = make_firm(session, district=officer.district)
        for change, field, typed in (
            ("recoded", "uscc", {"uscc": "91990000XG0000D5C"}),
            ("merged", "other", {"other": make_uscc(7_777)}),
            ("resumed", "effective_on", {}),
        ):
            page = fill(visitor, firm, change, 422, **typed)
            [wrong] = page.all("input", name=field)
            assert wrong["aria-invalid"] == "true"

    def test_the_effect_is_shown_before_anything_is_saved(self, visitor, session, officer):
        firm = make_firm(session, district=officer.district)
        make_firm(session, district=officer.district)
        page = fill(visitor, firm, "closed", preview="1", reason="厂房拆迁")
        assert "2 → 1" in page.text
        assert "厂房拆迁" in page.html
        assert [event.change for event in session.exec(select(RosterEvent))] == ["entered"] * 2
        assert (
            session.exec(select(AuditEntry).where(AuditEntry.action == "roster.closed")).all() == []
        )

    def test_it_is_saved_with_its_proof_and_logged(self, visitor, session, officer):
        firm = make_firm(session, district=officer.district)
        file = (BytesIO(picture("PNG")), "注销通知.png")
        fill(visitor, firm, "closed", file=file, asked_by="后湖街道")
        event = session.exec(select(RosterEvent).where(RosterEvent.change == "closed")).one()
        assert (event.asked_by, event.approved_by, event.proof) == (
            "后湖街道",
            officer.id,
            "统计局通知",
        )
        assert event.proof_id is not None
        assert [what for _since, what in listings(session, firm)] == [
            Listing.LISTED,
            Listing.CLOSED,
        ]
        assert not session.get(Firm, firm.id).on_roster
        log = session.exec(select(AuditEntry).where(AuditEntry.action == "roster.closed")).one()
        assert log.firm_id == firm.id
        history = visitor.get(f"/roster/changes/firm/{firm.id}")
        assert "注销通知" not in history.text
        assert "统计局通知" in history.text

    @pytest.mark.parametrize(
        ("change", "said"),
        [("resumed", "没有停产"), ("readmitted", "没有免诊"), ("entered", "规上")],
    )
    def test_the_impossible_is_refused_and_nothing_typed_is_lost(
        self, visitor, session, officer, change, said
    ):
        firm = make_firm(session, district=officer.district)
        page = fill(visitor, firm, change, 422, reason="据电话告知", how="yearly")
        assert said in page.text
        assert "据电话告知" in page.html

    def test_what_is_needed_is_asked_for(self, visitor, session, officer):
        firm = make_firm(session, district=officer.district)
        page = fill(visitor, firm, "renamed", 422, proof="")
        assert page.text.count("此项必填") >= 1
        assert "证明" in page.text

    def test_a_taken_or_mistyped_code_is_refused(self, visitor, session, officer):
        firm = make_firm(session, district=officer.district)
        other = make_firm(session, district="别区", name="别区的企业")
        page = fill(visitor, firm, "recoded", 422, uscc=other.uscc)
        assert "已属于另一家企业" in page.text
        assert "别区的企业" not in page.text
        fill(visitor, firm, "recoded", 422, uscc="123")

    def test_a_renamed_firm_is_found_by_its_old_name_and_code(self, visitor, session, officer):
        firm = make_firm(session, district=officer.district, name="旧日机械厂")
        make_firm(session, district=officer.district, name="别家")
        old, new = firm.uscc, make_uscc()
        fill(visitor, firm, "renamed", name="明日机械股份")
        fill(visitor, firm, "recoded", uscc=new)
        session.refresh(firm)
        assert (firm.name, firm.uscc) == ("明日机械股份", new)
        for words in ("旧日机械", old, old.lower(), "明日", new):
            for path in ("/roster/", "/roster/changes/"):
                page = visitor.get(f"{path}?q={words}")
                assert "明日机械股份" in page.text, words
                assert "别家" not in page.text


class TestVoiding:
    def test_a_reason_is_needed_and_the_line_stays(self, visitor, session, officer):
        firm = make_firm(session, district=officer.district)
        fill(visitor, firm, "left")
        event = session.exec(select(RosterEvent).where(RosterEvent.change == "left")).one()
        take_back(visitor, event, 422, reason=" ")
        take_back(visitor, event)
        session.refresh(firm)
        assert firm.on_roster
        assert listings(session, firm) == [(date(2020, 1, 1), Listing.LISTED)]
        page = visitor.get("/roster/changes/")
        assert page.text.count("已撤销") == 1
        assert "误登" in page.text

    def test_twice_or_out_of_order_is_refused(self, visitor, session, officer):
        firm = make_firm(session, district=officer.district)
        entered = session.exec(select(RosterEvent)).one()
        fill(visitor, firm, "left")
        page = take_back(visitor, entered, 409)
        assert "退规" in page.text

    @pytest.mark.usefixtures("officer")
    def test_another_district_s_event_is_not_there(self, visitor, session):
        make_firm(session, district="别区")
        event = session.exec(select(RosterEvent)).one()
        assert visitor.client.get(f"/roster/changes/void/{event.id}").status_code == 404
        seen = session.exec(select(AuditEntry.action)).all()
        assert "access.foreign" in seen
