"""What the API tells and takes of a district: its roster, results, coverage and reports."""

import json

import pytest
from sqlmodel import select

from diagnose.records import AuditEntry, Consent, Firm
from diagnose.records.columns import now
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import keep, make_diagnosis, make_firm
from tests.diagnose.web.api.calling import accepted, actions


class TestRoster:
    def test_it_lists_the_district_page_by_page(self, session, officer):
        for number in range(5):
            make_firm(session, name=f"第{number}厂")
        make_firm(session, district="江汉区", name="邻区")
        first = officer.get("/roster?size=2&q=厂")
        assert (first["count"], first["pages"], len(first["items"])) == (5, 3, 2)
        names, reply = [], first
        while True:
            names += [row["name"] for row in reply["items"]]
            if reply["next"] is None:
                break
            reply = officer.get(reply["next"].removeprefix("/api/v1"))
        assert names == [f"第{number}厂" for number in range(5)]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=%E7%94%B2", {"甲"}),
            ("region=谌家矶街道", {"甲"}),
            ("industry=34", {"甲", "乙"}),
            ("on_roster=false", {"乙"}),
            ("state=none", {"甲", "乙"}),
            ("state=done", set()),
            ("q=%25", set()),
        ],
    )
    def test_it_can_be_narrowed(self, session, officer, query, found):
        make_firm(session, name="甲", region="谌家矶街道")
        make_firm(session, name="乙", on_roster=False)
        assert {row["name"] for row in officer.get(f"/roster?{query}")["items"]} == found

    def test_a_firm_is_added_read_and_changed(self, session, officer):
        uscc = make_uscc()
        facts = {"name": "新厂", "industry": "3484", "employees": 30, "revenue": 3000}
        made = officer("PUT", f"/roster/{uscc}", 201, json=facts)
        assert (made["name"], made["state"], made["covered"]) == ("新厂", "to_assign", False)
        assert officer.get(f"/roster/{uscc}") == made
        change = facts | {"name": "更名后", "version": made["version"]}
        changed = officer("PUT", f"/roster/{uscc}", json=change)
        assert changed["name"] == "更名后"
        officer("PUT", f"/roster/{uscc}", 409, json=change | {"name": "又改"})
        assert session.exec(select(Firm)).one().name == "更名后"
        assert ("firm.change", "firm:1") in actions(session)

    def test_what_is_wrong_is_told_item_by_item(self, session, officer):
        uscc = make_uscc()
        wrong = {"name": "", "employees": -1, "surprise": 1}
        reply = officer("PUT", f"/roster/{uscc}", 422, json=wrong)
        places = {one["where"] for one in reply["error"]["details"]}
        assert places == {"body.name", "body.employees", "body.surprise"}
        reply = officer("PUT", "/roster/91420102MA4K00001A", 422, json={"name": "x"})
        assert "body.uscc" in {one["where"] for one in reply["error"]["details"]}
        assert not session.exec(select(Firm)).all()

    @pytest.mark.parametrize("method", ["GET", "PUT"])
    def test_another_districts_firm_is_not_there_and_that_is_logged(self, session, officer, method):
        other = make_firm(session, district="江汉区")
        officer(method, f"/roster/{other.uscc}", 404, json={"name": "我的"})
        assert actions(session)[-1] == ("access.foreign", f"firm:{other.id}")
        session.expire_all()
        assert other.name != "我的"

    def test_no_personal_data_leave_by_it(self, session, officer):
        make_firm(session, contact="王五", phone="13800000000")
        assert "王五" not in json.dumps(officer.get("/roster"), ensure_ascii=False)
        assert "13800000000" not in json.dumps(officer.get("/roster"))


class TestBureau:
    def test_results_are_the_verified_ones_and_the_firm_sees_who_looked(self, session, officer):
        known, other = make_firm(session), make_firm(session, district="江汉区")
        accepted(session, known)
        accepted(session, other)
        make_diagnosis(session, make_firm(session), state="with_firm")
        [row] = officer.get("/results")["items"]
        assert (row["uscc"], row["score"], row["level"]) == (known.uscc, 61.25, 2)
        looked = session.exec(select(AuditEntry).where(AuditEntry.firm_id == known.id)).all()
        assert [(e.action, e.account_id) for e in looked] == [("view.result", officer.account.id)]

    def test_coverage_counts_the_district(self, session, officer):
        accepted(session, make_firm(session))
        make_firm(session)
        found = officer.get("/coverage")
        assert (found["total"]["due"], found["total"]["covered"]) == (2, 1)
        assert found["total"]["share"] == 50.0
        assert {"region", "division", "size", "provider"} <= set(found["by"])
        past = officer.get("/coverage?on=2020-01-01")
        assert (past["day"], past["total"]["covered"]) == ("2020-01-01", 0)

    def test_a_full_report_takes_the_firms_consent(self, app, session, officer):
        known = make_firm(session)
        report = accepted(session, known)
        app.extensions["store"].put(report.files["zh.open.pdf"]["key"], b"%PDF-1")
        [row] = officer.get("/reports")["items"]
        assert (row["number"], row["files"]) == (report.number, {})
        reply = officer.get(f"/reports/{report.id}/zh.pdf", 403)
        assert reply["error"]["code"] == "consent_needed"
        consent = keep(session, Consent(firm_id=known.id, use="full_report"))
        [row] = officer.get("/reports")["items"]
        file = officer.get(row["files"]["zh.open.pdf"].removeprefix("/api/v1"))
        assert file.data == b"%PDF-1"
        assert "attachment" in file.headers["Content-Disposition"]
        assert actions(session)[-1] == ("report.download", f"report:{report.id}")
        assert set(row["files"]) == {"zh.open.pdf"}
        for other in ("secret.docx", "zh.pdf"):
            officer.get(f"/reports/{report.id}/{other}", 404)
        consent.withdrawn_at = now()
        session.commit()
        officer.get(f"/reports/{report.id}/zh.pdf", 403)

    def test_another_districts_report_is_not_there_and_that_is_logged(self, session, officer):
        report = accepted(session, make_firm(session, district="江汉区"))
        officer.get(f"/reports/{report.id}/zh.pdf", 404)
        assert actions(session)[-1] == ("access.foreign", f"report:{report.id}")

    def test_lists_take_as_many_statements_for_many_firms_as_for_few(
        self, app, session, officer, statements
    ):
        officer.get("/coverage")  # that the token was used is noted once
        counts = []
        for many in (3, 30):
            for _ in range(many):
                accepted(session, make_firm(session))
            for path in ("/roster?size=3", "/results?size=3", "/reports", "/coverage"):
                with statements(app) as count:
                    officer.get(path)
                counts.append(count.total)
        assert counts[:4] == counts[4:]
