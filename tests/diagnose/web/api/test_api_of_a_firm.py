"""What the API tells and takes of the firm itself."""

from sqlmodel import select

from diagnose.records import Answer, Assessment
from tests.diagnose.people import make_firm
from tests.diagnose.web.api.calling import accepted, actions


class TestOwn:
    def test_a_sheet_is_written_into_a_draft_and_read_back(self, session, firm):
        firm.get("/own/sheet", 404)
        made = firm("POST", "/own/sheet", 201, json={"answers": {"network": ["a", "b"]}})
        assert made["answers"] == {"network": ["a", "b"]}
        assert made["settled"] > 0
        sent = {"answers": {"planning": {"state": "unknown"}}, "edition": made["edition"]}
        more = firm("POST", "/own/sheet", json=sent)
        assert more["answers"] == made["answers"] | sent["answers"]
        assert firm.get("/own/sheet") == more
        assert session.exec(select(Assessment)).one().status == "draft"
        assert firm("POST", "/own/sheet", 409, json=sent)["error"]["code"] == "conflict"

    def test_a_sheet_with_a_wrong_answer_is_refused_whole(self, session, firm):
        sent = {
            "firm": {"employees": -3},
            "answers": {"network": ["a"], "planning": "zz", "no_such": 1},
        }
        reply = firm("POST", "/own/sheet", 422, json=sent)
        places = {one["where"] for one in reply["error"]["details"]}
        assert places == {"body.answers.planning", "body.answers.no_such", "body.firm.employees"}
        assert not session.exec(select(Answer)).all()

    def test_another_firms_sheet_cannot_be_handed_in(self, session, firm):
        other = make_firm(session)
        sent = {"firm": {"uscc": other.uscc}, "answers": {"network": ["a"]}}
        reply = firm("POST", "/own/sheet", 422, json=sent)
        assert reply["error"]["details"][0]["where"] == "body.firm.uscc"
        assert not session.exec(select(Assessment)).all()

    def test_another_firms_report_is_not_there_and_that_is_logged(self, session, firm):
        report = accepted(session, make_firm(session))
        firm.get(f"/own/reports/{report.id}/zh.pdf", 404)
        assert actions(session)[-1] == ("access.foreign", f"report:{report.id}")
        assert firm.get("/own/reports")["items"] == []
        assert firm.get("/own/results")["items"] == []
