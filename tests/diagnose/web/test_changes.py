"""The register of changes: recording them, their effect, taking them back."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import func, select

from diagnose.records import Actor, AuditEntry, Firm
from diagnose.records.roster import Change, Listing, RosterEvent, Spell, Transfer
from diagnose.roster.keeping import refold
from diagnose.roster.recording import record
from diagnose.web.roster import past_pages
from diagnose.workflow.exempting import REVIEW
from questionnaires.clock import today
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import make_account, make_diagnosis, make_firm, sign_in
from tests.diagnose.uploads.sample_files import picture

STATEMENTS_OF_A_DAY = 8


@pytest.fixture
def officer(session, visitor):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    return account


def form_of(visitor, firm, change):
    return visitor.get(f"/roster/changes/record/{firm.id}?change={change}")


def fill(visitor, firm, change, status=200, **typed):
    """Fill in the form of a change and send it, or only look at its effect with `preview`."""
    given = {"proof": "统计局通知", "save": "1"} | typed
    if "preview" in typed:
        del given["save"]
    return visitor.send(form_of(visitor, firm, change), status, fields=given)


def take_back(visitor, event, status=200, reason="误登"):
    page = visitor.get(f"/roster/changes/void/{event.id}")
    return visitor.send(page, status, reason=reason)


def listings(session, firm):
    session.expire_all()
    rows = session.exec(select(Spell).where(Spell.firm_id == firm.id).order_by(Spell.since))
    return [(spell.since, Listing(spell.listing)) for spell in rows]


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


class TestMergersAndSplits:
    def test_a_merged_firm_ends_and_names_its_successor(self, visitor, session, officer):
        firm, other = (make_firm(session, district=officer.district) for _ in range(2))
        page = fill(visitor, firm, "merged", preview="1", other=other.uscc)
        assert "2 → 1" in page.text
        fill(visitor, firm, "merged", other=other.uscc)
        assert [what for _, what in listings(session, firm)] == [Listing.LISTED, Listing.MERGED]
        event = session.exec(select(RosterEvent).where(RosterEvent.change == "merged")).one()
        assert event.other_id == other.id

    @pytest.mark.parametrize("whose", ["self", "foreign", "nobody"])
    def test_a_merger_needs_another_firm_of_the_district(self, visitor, session, officer, whose):
        firm = make_firm(session, district=officer.district)
        foreign = make_firm(session, district="别区").uscc
        code = {"self": firm.uscc, "foreign": foreign, "nobody": make_uscc()}[whose]
        fill(visitor, firm, "merged", 422, other=code)

    def test_a_split_firm_ends_its_children_enter_and_a_void_takes_all_back(
        self, visitor, session, officer
    ):
        parent = make_firm(session, district=officer.district)
        known = make_firm(session, district=officer.district, on_roster=False, name="已在库企业")
        lines = f"{make_uscc()} 新甲公司\n{known.uscc}"
        page = fill(visitor, parent, "split", preview="1", children=lines)
        assert "1 → 2" in page.text
        assert session.exec(select(Firm).where(Firm.name == "新甲公司")).first() is None
        fill(visitor, parent, "split", children=lines)
        new = session.exec(select(Firm).where(Firm.name == "新甲公司")).one()
        assert (new.on_roster, new.region, new.district) == (True, parent.region, officer.district)
        entered = session.exec(select(RosterEvent).where(RosterEvent.other_id == parent.id)).all()
        assert {event.firm_id for event in entered} == {new.id, known.id}
        split = session.exec(select(RosterEvent).where(RosterEvent.change == "split")).one()
        take_back(visitor, split)
        session.expire_all()
        assert (parent.on_roster, new.on_roster, known.on_roster) == (True, False, False)

    @pytest.mark.parametrize(
        "lines",
        ["", "{code} 只有一家", "{code}\n{code2} 乙", "123 甲\n{code} 乙", "{taken} 甲\n{code} 乙"],
    )
    def test_a_split_says_what_is_wrong_with_a_line(self, visitor, session, officer, lines):
        parent = make_firm(session, district=officer.district)
        taken = make_firm(session, district="别区").uscc
        text = lines.format(code=make_uscc(), code2=make_uscc(), taken=taken)
        page = fill(visitor, parent, "split", 422, children=text)
        assert page.problems()
        session.refresh(parent)
        assert parent.on_roster

    def test_a_parent_may_go_on_beside_one_child(self, visitor, session, officer):
        parent = make_firm(session, district=officer.district)
        line = f"{make_uscc()} 新设公司"
        fill(visitor, parent, "split", 422, children=line)
        page = fill(visitor, parent, "split", preview="1", children=line, survives="y")
        assert "1 → 2" in page.text
        fill(visitor, parent, "split", children=line, survives="y")
        session.expire_all()
        assert parent.on_roster
        assert "存续分立" in visitor.get(f"/roster/changes/firm/{parent.id}").text

    def test_a_branch_is_counted_with_its_legal_unit_and_is_not_listed_again(
        self, visitor, session, officer
    ):
        unit, branch = (make_firm(session, district=officer.district) for _ in range(2))
        fill(visitor, branch, "merged", other=unit.uscc, branch="y")
        session.expire_all()
        assert (unit.on_roster, branch.on_roster) == (True, False)
        assert "分支机构" in visitor.get(f"/roster/changes/firm/{branch.id}").text
        fill(visitor, branch, "entered", 422, how="yearly")


class TestDiagnosesFollow:
    @pytest.mark.parametrize("state", ["to_assign", "scheduled"])
    def test_an_exemption_on_the_roster_exempts_the_diagnosis_and_ends_with_it(
        self, visitor, session, officer, state
    ):
        firm = make_firm(session, district=officer.district)
        found = make_diagnosis(session, firm, state=state)
        page = fill(visitor, firm, "exempted", preview="1", ground="2")
        assert f"{found.number} · 免诊" in page.text
        session.refresh(found)
        assert found.state == state
        page = fill(visitor, firm, "exempted", ground="2", reason="涉密")
        assert found.number in page.text
        session.refresh(found)
        assert found.state == "exempt"
        changes = [e.change for e in session.exec(select(RosterEvent))]
        assert changes == ["entered", "exempted"]
        fill(visitor, firm, "readmitted", proof="")
        session.refresh(found)
        assert found.state == "to_assign"
        assert session.exec(select(func.count()).select_from(RosterEvent)).one() == 3

    def test_resuming_and_voiding_end_it_too(self, visitor, session, officer):
        firm = make_firm(session, district=officer.district)
        found = make_diagnosis(session, firm, state="to_assign")
        for change, more in (("stopped", {}), ("exempted", {"ground": "1"})):
            fill(visitor, firm, change, **more)
        session.refresh(found)
        assert found.state == "exempt"
        fill(visitor, firm, "resumed")
        session.refresh(found)
        assert found.state == "to_assign"
        resumed = session.exec(select(RosterEvent).where(RosterEvent.change == "resumed")).one()
        take_back(visitor, resumed)
        session.refresh(found)
        assert found.state == "exempt"

    @pytest.mark.parametrize("state", ["on_site", "in_review", "done"])
    def test_what_is_too_far_or_ended_stays(self, visitor, session, officer, state):
        firm = make_firm(session, district=officer.district)
        days = {"accepted_on": today(), "valid_until": today() + REVIEW} if state == "done" else {}
        found = make_diagnosis(session, firm, state=state, **days)
        fill(visitor, firm, "exempted", ground="5")
        session.refresh(found)
        assert found.state == state

    def test_an_exemption_is_checked_again_within_the_quarter(self, visitor, session, officer):
        firm = make_firm(session, district=officer.district)
        fill(visitor, firm, "exempted", ground="1", review_on="")
        event = session.exec(select(RosterEvent).where(RosterEvent.change == "exempted")).one()
        assert event.review_on == today() + REVIEW


class TestMovingIn:
    def test_a_valid_report_comes_along_and_goes_with_a_void(self, visitor, session, officer):
        firm = make_firm(session, district=officer.district, on_roster=False)
        brought = {
            "origin": "武昌区",
            "number": "WC-1",
            "accepted_on": "2026-01-05",
            "valid_until": "2029-01-05",
        }
        fill(visitor, firm, "moved_in", **brought)
        transfer = session.exec(select(Transfer)).one()
        assert (transfer.firm_id, transfer.valid_until) == (firm.id, date(2029, 1, 5))
        assert "WC-1" in visitor.get(f"/roster/changes/firm/{firm.id}").text
        event = session.exec(select(RosterEvent).where(RosterEvent.change == "moved_in")).one()
        take_back(visitor, event)
        session.expire_all()
        assert session.exec(select(Transfer)).all() == []
        assert not firm.on_roster

    def test_half_a_report_is_refused(self, visitor, session, officer):
        firm = make_firm(session, district=officer.district, on_roster=False)
        fill(visitor, firm, "moved_in", 422, number="WC-1")
        days = {"accepted_on": "2026-01-05", "valid_until": "2025-01-05"}
        fill(visitor, firm, "moved_in", 422, number="W", origin="武昌", **days)

    def test_a_firm_that_left_another_district_is_taken_in_with_its_code(
        self, visitor, session, officer
    ):
        firm = make_firm(session, district="别区", name="搬来的", entered_on=date(2024, 1, 1))
        typed = {"name": "搬来的", "uscc": firm.uscc, "effective_on": "2026-03-01"}
        visitor.send(visitor.get("/roster/new"), 422, fields=typed)
        record(session, Actor(), firm, Change.MOVED_OUT, date(2026, 2, 1))
        session.commit()
        page = visitor.send(visitor.get("/roster/new"), fields=typed | {"region": "新街"})
        assert page.heading == "搬来的"
        session.expire_all()
        assert (firm.district, firm.on_roster, firm.region) == (officer.district, True, "新街")
        [event] = session.exec(
            select(RosterEvent).where(RosterEvent.district == officer.district)
        ).all()
        assert (event.change, event.facts["from"]) == ("moved_in", "别区")


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


class TestRegister:
    def test_filters(self, visitor, session, officer):
        first, second = (make_firm(session, district=officer.district, name=n) for n in "甲乙")
        make_firm(session, district="别区", name="丙")
        due = (today() - timedelta(days=1)).isoformat()
        fill(visitor, first, "exempted", ground="1", review_on=due)
        page = visitor.get("/roster/changes/")
        assert "丙" not in page.text
        assert len(page.all("tr")) == 4
        assert len(visitor.get("/roster/changes/?change=exempted").all("tr")) == 2
        assert len(visitor.get(f"/roster/changes/?since={today()}").all("tr")) == 2
        assert len(visitor.get("/roster/changes/?until=2020-01-01").all("tr")) == 3
        assert len(visitor.get("/roster/changes/?review=due").all("tr")) == 2
        assert "1 项免诊已到复查日" in visitor.get("/coverage/").text
        fill(visitor, first, "exempted", ground="1", review_on=today().isoformat())
        assert len(visitor.get("/roster/changes/?review=due").all("tr")) == 2
        fill(visitor, first, "readmitted", reason="已复产")
        assert visitor.get("/roster/changes/?review=due").all("tr") == []
        assert "乙" in visitor.get(f"/roster/changes/?q={second.uscc}").text
        assert visitor.get("/roster/changes/?since=x&change=nonsense&until=99").status == 200

    @pytest.mark.parametrize("count", [10, 1000])
    def test_as_many_statements_for_ten_as_for_a_thousand(
        self, app, visitor, session, officer, statements, count
    ):
        firms = [
            Firm(name=f"企业{n}", uscc=make_uscc(), district=officer.district) for n in range(count)
        ]
        session.add_all(firms)
        session.flush()
        session.add_all(
            RosterEvent(
                firm_id=firm.id,
                district=officer.district,
                change="entered",
                effective_on=date(2024, 1, 1),
            )
            for firm in firms
        )
        session.commit()
        with statements(app) as counted:
            visitor.get("/roster/changes/")
        assert counted.total == 4


class TestPastDays:
    def test_the_roster_of_a_day_and_its_excel_file(self, visitor, session, officer):
        firm = make_firm(session, name="旧名机械厂", district=officer.district)
        make_firm(session, name="后来者", entered_on=date(2025, 1, 1), district=officer.district)
        make_firm(session, name="别区企业", district="别区")
        record(session, Actor(), firm, Change.RENAMED, date(2025, 6, 1), facts={"name": "新名"})
        session.commit()
        page = visitor.get("/roster/?on=2024-06-01")
        assert "2024-06-01" in page.heading
        assert "旧名机械厂" in page.text
        for other in ("新名", "后来者", "别区企业"):
            assert other not in page.text
        answer = visitor.client.get("/roster/export?on=2024-06-01")
        book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
        [head, cells] = book.get_sheet_by_index(0).to_python()
        assert dict(zip(head, cells, strict=True))["企业名称"] == "旧名机械厂"
        assert "后来者" in visitor.get("/roster/?on=2025-01-01").text
        assert "新名" in visitor.get("/roster/?on=2999-01-01").text
        assert visitor.get("/roster/?on=nonsense").heading == visitor.get("/roster/").heading

    @pytest.mark.usefixtures("officer")
    def test_the_file_of_a_large_district_is_made_by_a_job(self, visitor, session, monkeypatch):
        monkeypatch.setattr(past_pages, "AT_ONCE", 1)
        for name, street in (("甲厂", "甲街"), ("乙厂", "甲街"), ("丙厂", "乙街")):
            make_firm(session, name=name, region=street)
        make_firm(session, name="别区企业", district="别区")
        begun = visitor.client.get("/roster/export?on=2024-06-01&region=甲街")
        assert "/jobs/" in begun.location
        job = visitor.client.get(f"{begun.location}/result")
        sheet = CalamineWorkbook.from_filelike(BytesIO(job.data)).get_sheet_by_index(0)
        assert [row[1] for row in sheet.to_python()[1:]] == ["甲厂", "乙厂"]
        logged = session.exec(select(AuditEntry).where(AuditEntry.action == "roster.export")).one()
        assert logged.details == {"firms": 2, "phones": False, "on": "2024-06-01"}
        alone = visitor.client.get("/roster/export?on=2024-06-01&region=乙街")
        assert alone.mimetype.endswith("sheet")

    def test_it_is_narrowed_by_the_street_of_that_day(self, visitor, session, officer):
        firm = make_firm(session, name="搬家的", region="甲街", district=officer.district)
        record(session, Actor(), firm, Change.DESCRIBED, date(2025, 6, 1), facts={"region": "乙街"})
        session.commit()
        found = {
            (day, street): "搬家的" in visitor.get(f"/roster/?on={day}&region={street}").text
            for day in ("2025-05-31", "2025-06-01")
            for street in ("甲街", "乙街")
        }
        assert list(found.values()) == [True, False, False, True]

    @pytest.mark.parametrize("count", [10, 1000])
    def test_as_many_statements_for_ten_as_for_a_thousand(
        self, app, visitor, session, officer, statements, count
    ):
        firms = [
            Firm(name=f"企业{n}", uscc=make_uscc(), district=officer.district) for n in range(count)
        ]
        session.add_all(firms)
        session.flush()
        events = [
            RosterEvent(
                firm_id=firm.id,
                district=officer.district,
                change=change,
                effective_on=day,
                facts={"name": firm.name},
            )
            for firm in firms
            for change, day in (("entered", date(2024, 1, 1)), ("renamed", date(2026, 1, 1)))
        ]
        session.add_all(events)
        session.flush()
        refold(session, officer.district, [firm.id for firm in firms], today())
        session.commit()
        with statements(app) as counted:
            visitor.get("/roster/?on=2025-01-01")
        assert counted.total == STATEMENTS_OF_A_DAY


class TestEditing:
    def test_what_an_officer_changes_is_kept_as_events_and_nothing_is_lost(
        self, visitor, session, officer
    ):
        firm = make_firm(session, name="旧名", district=officer.district)
        page = visitor.get(f"/roster/{firm.id}/edit")
        fields = {"name": "新名", "park": "云谷", "grid": "程安", "honours": ["2", "16"]}
        visitor.send(page, fields=fields | {"effective_on": "2026-02-01", "remark": "重点"})
        session.expire_all()
        assert (firm.name, firm.park, firm.grid, firm.honours, firm.remark) == (
            "新名",
            "云谷",
            "程安",
            18,
            "重点",
        )
        told = session.exec(select(RosterEvent).order_by(RosterEvent.id)).all()
        assert [(e.change, e.effective_on) for e in told[1:]] == [
            ("renamed", date(2026, 2, 1)),
            ("described", date(2026, 2, 1)),
        ]
        assert told[1].facts["was"] == "旧名"
        assert "专精特新" in visitor.get(f"/roster/{firm.id}").text

    def test_what_cannot_be_is_refused_and_what_was_typed_stays(self, visitor, session, officer):
        firm = make_firm(session, district=officer.district)
        record(session, Actor(), firm, Change.CLOSED, date(2025, 6, 1))
        session.commit()
        page = visitor.get(f"/roster/{firm.id}/edit")
        answer = visitor.send(page, 422, fields={"on_roster": "y", "grid": "程安"})
        assert "已注销" in answer.text
        assert "程安" in answer.html
