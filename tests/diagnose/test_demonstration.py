"""`diagnose demo`: a deployment of its own, and a sentence where it cannot go on."""

import socket
import sqlite3
from datetime import date

import pytest
from click.testing import CliRunner
from sqlmodel import Session, col, select

from diagnose.cli import main
from diagnose.demonstration import Demonstration
from diagnose.demonstration.filling import timetable_of
from diagnose.demonstration.timetable import PATHS
from diagnose.records import Diagnosis, Project, connect
from diagnose.records.chain import check_chain
from diagnose.web import create_app
from tests.diagnose.web.pages import Visitor

DAY = date(2026, 11, 22)


def test_the_demonstration_touches_no_other_database(tmp_path, monkeypatch):
    real = tmp_path / "real.sqlite3"
    monkeypatch.setenv("DIAGNOSE_DATABASE_URL", f"sqlite:///{real}")
    folder = tmp_path / "demo"
    Demonstration(folder, 3, 0, DAY, "zh").keep()
    assert not real.exists()
    with sqlite3.connect(folder / "service" / "diagnose.sqlite3") as database:
        assert database.execute("select count(*) from firm").fetchone() == (3,)
    database.close()


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """A demonstration of 16 firms, and its sign-ins."""
    demonstration = Demonstration(tmp_path_factory.mktemp("demo"), 16, 1, DAY, "zh")
    return demonstration, demonstration.keep()


def test_everybody_can_sign_in_with_what_is_printed(played):
    demonstration, sign_ins = played
    assert len(sign_ins) == 8
    app = create_app(demonstration.settings)
    for entry in sign_ins:
        visitor = Visitor(app.test_client())
        page = visitor.get("/account/sign-in")
        home = visitor.send(page, username=entry.username, password=entry.password)
        assert home.heading
        assert home.all("form", action="/account/sign-out"), entry
    app.extensions["database"].dispose()


def test_every_diagnosis_ends_in_the_state_of_its_timetable_and_the_log_is_whole(played):
    demonstration, _sign_ins = played
    engine = connect(demonstration.settings.database_url)
    with Session(engine) as session:
        states = session.exec(select(Diagnosis.state).order_by(col(Diagnosis.id))).all()
        assert tuple(states) == timetable_of(demonstration.sheets, DAY, 1).ends
        assert set(states) >= set(PATHS)
        assert check_chain(session).whole
        stages = session.exec(select(Project.stage)).all()
        assert len(set(stages)) > 1
    engine.dispose()


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_told_before_anything_is_done(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIAGNOSE_INSTANCE", str(tmp_path / "instance"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(main, [command, "--port", port])
    assert result.exit_code == 2
    assert f"端口 {port} 已被" in result.output
    assert not list(tmp_path.rglob("*.sqlite3"))


def test_a_folder_that_is_a_file_gets_a_sentence(tmp_path):
    (tmp_path / "file").write_text("mine")
    arguments = ["demo", "--firms", "2", "--no-serve", "--folder", str(tmp_path / "file")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "这是文件，不是文件夹" in result.output
