"""The roster of a past day."""

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import select

from diagnose.records import Actor, AuditEntry, Firm
from diagnose.records.roster import Change, RosterEvent
from diagnose.roster.keeping import refold
from diagnose.roster.recording import record
from diagnose.web.roster import past_pages
from questionnaires.clock import today
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import make_firm

STATEMENTS_OF_A_DAY = 10


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
