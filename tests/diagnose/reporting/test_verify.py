import json
from datetime import date

import pytest
from click.testing import CliRunner
from sqlmodel import Session

from diagnose.cli import main
from diagnose.pool import read_pool
from diagnose.records import Actor, connect, upgrade
from diagnose.reporting.issuing import Issue, issue
from diagnose.settings import Settings
from diagnose.storage import Store
from tests.diagnose.diagnosed import make_visited

DAY = date(2026, 12, 1)


@pytest.fixture
def issued(tmp_path, monkeypatch):
    monkeypatch.setenv("DIAGNOSE_INSTANCE", str(tmp_path / "instance"))
    settings = Settings().ready()
    engine = connect(settings.database_url)
    upgrade(engine)
    with Session(engine) as session:
        held = make_visited(session)
        store = Store(settings.reports_url)
        report = issue(
            session, held.diagnosis, Issue(None, Actor(), DAY, read_pool(session), store)
        )
        session.commit()
        file = tmp_path / "report.pdf"
        file.write_bytes(store.get(report.files["zh.pdf"]["key"]))
        yield report, file
    engine.dispose()


def run(*arguments):
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


def test_a_report_is_known_again_and_a_changed_one_is_not(issued, tmp_path):
    report, file = issued
    told = run(file, "--json")
    assert told.exit_code == 0, told.output
    assert json.loads(told.output) == {
        "file": str(file),
        "sha256": report.files["zh.pdf"]["sha256"],
        "issued": True,
        "number": report.number,
        "version": 1,
        "edition": "zh.pdf",
        "dated": DAY.isoformat(),
        "code": report.code,
    }
    assert f"{report.number} 第 1 版" in run(file).output
    file.write_bytes(file.read_bytes() + b" ")
    changed = run(file)
    assert changed.exit_code == 1
    assert "改动" in changed.output
    assert run(tmp_path / "nowhere.pdf").exit_code == 2
