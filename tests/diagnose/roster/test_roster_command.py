"""`diagnose roster`: export of any day, events by hand."""

import csv
from datetime import date
from io import StringIO

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook
from sqlmodel import select

from diagnose.cli import main
from diagnose.records.roster import RosterEvent
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import make_firm


def roster(*arguments):
    return CliRunner().invoke(main, ["roster", *arguments])


def test_an_event_is_recorded_and_the_roster_of_each_day_exported(session, tmp_path):
    code = make_firm(session, name="旧名", entered_on=date(2024, 1, 1)).uscc
    session.close()
    done = roster("event", code.lower(), "renamed", "--on", "2025-03-01", "--name", "新名")
    assert done.exit_code == 0, done.output
    assert "新名" in done.output
    for day, name in (("2025-02-28", "旧名"), ("2025-03-01", "新名")):
        [row] = csv.DictReader(StringIO(roster("export", "--on", day).output))
        assert (row["企业名称"], row["入规日期"]) == (name, "2024-01-01")
        path = tmp_path / "roster.xlsx"
        assert roster("export", "--on", day, "--out", str(path)).exit_code == 0
        [head, cells] = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        assert dict(zip(head, cells, strict=True))["企业名称"] == name
    assert roster("export", "--on", "2023-12-31").output.count("\n") == 1


@pytest.mark.parametrize("suffix", [".csv", ".CSV"])
def test_a_file_of_commas_opens_in_excel(session, tmp_path, suffix):
    make_firm(session)
    path = tmp_path / f"roster{suffix}"
    assert roster("export", "--out", str(path)).exit_code == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_what_cannot_be_is_refused_in_a_sentence(session, tmp_path):
    assert roster("export").exit_code == 2
    code = make_firm(session).uscc
    session.close()
    told = roster("event", code, "resumed")
    assert (told.exit_code, "没有停产" in told.output) == (2, True)
    assert "did not rest" in roster("event", code, "resumed", "--language", "en").output
    assert roster("event", make_uscc(), "left").exit_code == 2
    assert roster("export", "--out", str(tmp_path / "no" / "a.csv")).exit_code == 2
    assert roster("export", "--district", "别区").exit_code == 2
    events = session.exec(select(RosterEvent.change)).all()
    assert events == ["entered"]


def test_a_merger_and_an_exemption_by_hand(session):
    firms = make_firm(session), make_firm(session)
    codes, other_id = [firm.uscc for firm in firms], firms[1].id
    session.commit()
    exempt = ("--ground", "secret", "--review-on", "2026-12-01", "--proof", "保密函")
    assert roster("event", codes[1], "exempted", *exempt).exit_code == 0
    assert roster("event", codes[0], "merged", "--other", codes[1]).exit_code == 0
    session.rollback()
    told = {event.change: event for event in session.exec(select(RosterEvent))}
    assert told["merged"].other_id == other_id
    assert (told["exempted"].facts, told["exempted"].proof) == ({"ground": 2}, "保密函")
    assert told["exempted"].review_on == date(2026, 12, 1)
