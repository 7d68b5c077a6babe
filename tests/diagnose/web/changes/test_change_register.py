"""The register of changes, and a firm edited beside it."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from diagnose.records import Actor, Firm
from diagnose.records.roster import Change, RosterEvent
from diagnose.roster.recording import record
from questionnaires.clock import today
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import make_firm
from tests.diagnose.web.changes.changing import fill


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
        asked = visitor.get("/coverage/").all("a", href="/roster/changes/?review=due")
        assert [link["text"] for link in asked] == ["已到复查日的免诊"]
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
