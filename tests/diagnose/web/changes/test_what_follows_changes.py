"""What comes along with a change: a report brought in, diagnoses under way."""

from datetime import date

import pytest
from sqlmodel import func, select

from diagnose.records import Actor
from diagnose.records.roster import Change, RosterEvent, Transfer
from diagnose.roster.recording import record
from diagnose.workflow.exempting import REVIEW
from questionnaires.clock import today
from tests.diagnose.people import make_diagnosis, make_firm
from tests.diagnose.web.changes.changing import fill, take_back


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
