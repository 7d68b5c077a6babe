"""Diagnoses in lists: on the page, as Excel, those who are waited for."""

from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from diagnose.records import Diagnosis, Firm
from diagnose.records.columns import now
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import make_diagnosis, make_firm, make_provider
from tests.diagnose.web.diagnoses.officework import audited

pytestmark = pytest.mark.usefixtures("officer")


@pytest.mark.usefixtures("waiting")
def test_the_list_shows_states_clocks_and_no_other_district(session, visitor):
    late = make_diagnosis(
        session, make_firm(session, name="晚了的"), state="assigned", due_at=now() - timedelta(3)
    )
    make_diagnosis(session, make_firm(session, name="别区的", district="别区"))
    page = visitor.get("/diagnoses/")
    assert "待分派的企业" in page.text
    assert "别区的" not in page.text
    overdue = visitor.get("/diagnoses/?overdue=yes")
    assert "晚了的" in overdue.text
    assert "待分派的企业" not in overdue.text
    assert late.number in visitor.get(f"/diagnoses/?q={late.number}").text


@pytest.mark.parametrize("path", ["/diagnoses/?sort=provider", "/diagnoses/rule"])
def test_lists_take_as_many_statements_for_ten_as_for_a_thousand(
    app, session, officer, visitor, statements, path
):
    def fill(count):
        firms = [
            Firm(name=f"企业{n}", uscc=make_uscc(), district=officer.district, on_roster=True)
            for n in range(count)
        ]
        session.add_all(firms)
        session.flush()
        session.add_all(Diagnosis(number=f"N{firm.id}", firm_id=firm.id) for firm in firms)
        session.commit()

    counts = []
    for more in (10, 990):
        fill(more)
        with statements(app) as count:
            visitor.get(path)
        counts.append(count.total)
    assert counts[0] == counts[1]


def test_the_list_as_excel_is_what_was_searched_and_runs_no_formula(session, visitor):
    late = make_diagnosis(
        session,
        make_firm(session, name="=1+1"),
        state="visited",
        due_at=now() - timedelta(days=3),
    )
    make_diagnosis(session, make_firm(session, name="已按时"))
    make_diagnosis(session, make_firm(session, name="别区的", district="别区"))
    page = visitor.get("/diagnoses/?overdue=yes")
    [link] = [a["href"] for a in page.all("a") if "/diagnoses/export" in a["href"]]
    content = visitor.client.get(link).data
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    [held] = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert (held["编号"], held["企业"], held["超期天数"]) == (late.number, "=1+1", 3)
    assert audited(session, "diagnosis.export")[0].details["diagnoses"] == 1


def test_reminders_list_who_is_waited_for(session, visitor):
    make_firm(session, name="未启用", phone="13812345678")
    make_firm(session, name="别区", district="别区")
    late = make_firm(session, name="拖延")
    provider = make_provider(session)
    state = {"state": "accepted", "due_at": now() - timedelta(4), "provider_id": provider.id}
    make_diagnosis(session, late, **state)
    asked = make_firm(session, name="待确认")
    make_diagnosis(session, asked, state="with_firm", due_at=now() + timedelta(1))
    answer = visitor.client.get("/diagnoses/reminders")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    sheets = [book.get_sheet_by_index(at).to_python() for at in range(5)]
    names = [[row[1] for row in sheet[1:]] for sheet in sheets]
    assert sorted(names[0]) == sorted(["未启用", "拖延", "待确认"])
    assert names[3] == ["待确认"]
    assert names[4] == ["拖延"]
    assert sheets[4][1][-1] == 4
    assert "13812345678" not in str(sheets)
