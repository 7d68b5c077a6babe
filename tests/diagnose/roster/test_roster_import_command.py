"""`diagnose roster import`."""

from click.testing import CliRunner
from python_calamine import CalamineWorkbook
from sqlmodel import select

from diagnose.cli import main
from diagnose.records import Firm
from diagnose.records.roster import RosterImport
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import DISTRICT, make_firm
from tests.diagnose.roster.rosterfiles import write_csv


def bring(path, *options):
    return CliRunner().invoke(main, ["roster", "import", str(path), *options])


def rows_of(*codes):
    return [[code, f"第{n}厂", "3484", "后湖街道", 12, 2000] for n, code in enumerate(codes)]


def test_a_dry_run_says_all_and_writes_nothing_but_the_wrong_rows(session, tmp_path):
    path = write_csv(tmp_path / "a.csv", rows_of(make_uscc(), "坏"))
    rejected = tmp_path / "bad.xlsx"
    done = bring(path, "--district", DISTRICT, "--dry-run", "--rejected", str(rejected))
    assert done.exit_code == 3, done.output
    assert "新增 1" in done.output
    assert "第 3 行" in done.output
    sheet = CalamineWorkbook.from_path(str(rejected)).get_sheet_by_index(0).to_python()
    assert sheet[1][0] == "坏"
    assert session.exec(select(Firm)).all() == []


def test_all_or_nothing_and_the_good_rows_only(session, tmp_path):
    code = make_firm(session, name="在册").uscc
    path = write_csv(tmp_path / "a.csv", rows_of(make_uscc(), code, code))
    assert bring(path, "--on", "2026-03-01").exit_code == 2
    assert session.exec(select(RosterImport)).all() == []
    done = bring(path, "--on", "2026-03-01", "--source", "统计认定", "--good-rows-only")
    assert done.exit_code == 3, done.output
    row = session.exec(select(RosterImport)).one()
    assert (row.added, row.changed, row.refused) == (1, 1, 1)
    assert row.columns["read"]["企业名称"] == "name"


def test_what_cannot_be_done_is_told(session, tmp_path):
    path = write_csv(tmp_path / "a.csv", [["x", "y"]], ["甲", "乙"])
    for options in ((), ("--district", DISTRICT), ("--on", "2999-01-01", "--district", DISTRICT)):
        done = bring(path, *options)
        assert done.exit_code == 2
        assert "Traceback" not in done.output
    assert bring(tmp_path / "none.csv", "--district", DISTRICT).exit_code == 2
    assert session.exec(select(Firm)).all() == []
