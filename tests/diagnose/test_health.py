"""`diagnose init` and `diagnose doctor` on deployments that are well, and on ones that are not."""

import json
import re
import shutil
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlmodel import Session, select

from diagnose import health
from diagnose.accounts import activation
from diagnose.cli import main
from diagnose.records import Account, Actor, AuditEntry, Job, connect, note
from diagnose.records.columns import now


@pytest.fixture
def instance(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "SECRET_KEY", "LOCALE", "REPORTS_URL"):
        monkeypatch.delenv(f"DIAGNOSE_{name}", raising=False)
    monkeypatch.setenv("DIAGNOSE_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


@pytest.fixture
def deployed(instance):
    run("init", "--username", "Zhou", "--district", "江岸区")
    return instance


@pytest.fixture
def session(deployed):
    engine = connect(f"sqlite:///{deployed / 'diagnose.sqlite3'}")
    with Session(engine) as session:
        yield session
    engine.dispose()


def run(*words, code=0, **options):
    result = CliRunner().invoke(main, words, **options)
    assert result.exit_code == code, result.output
    return result.output


def trouble(code=1):
    """The points that `doctor` finds ill, with what it says of each."""
    said = json.loads(run("doctor", "--json", "--language", "en", code=code))
    assert said["well"] == (code == 0)
    return {name: text for name, text in said["points"].items() if text}


def test_the_first_administrator_and_officer_get_links_that_open_their_accounts(session):
    accounts = session.exec(select(Account).order_by(Account.id)).all()
    assert [(a.kind, a.username, a.district, a.password_hash) for a in accounts] == [
        ("administrator", "zhou", "", ""),
        ("officer", "bureau", "江岸区", ""),
    ]
    actions = session.exec(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["account.open", "account.code"] * 2


def test_the_username_is_asked_for(instance):
    said = run("init", input="lin\n")
    code = re.search(r"http://127.0.0.1:8000/account/activate\?code=(\S+)", said)[1]
    engine = connect(f"sqlite:///{instance / 'diagnose.sqlite3'}")
    with Session(engine) as session:
        assert activation.holder(session, code).username == "lin"
    engine.dispose()


def test_run_again_it_gives_an_administrator_a_new_code_and_nobody_else(session):
    again = run("init", "--username", "zhou", "--url", "https://diagnose.example/")
    code = re.search(r"https://diagnose.example/account/activate\?code=(\S+)", again)[1]
    assert activation.holder(session, code).username == "zhou"
    assert len(session.exec(select(Account)).all()) == 2
    assert "bureau" in run("init", "--username", "bureau", code=2)
    assert "3" in run("init", "--username", "a", code=2)
    assert len(session.exec(select(Account)).all()) == 2


def test_a_deployment_that_is_well(deployed):
    said = run("doctor")
    assert "✗" not in said
    assert said.count("✓") == len(health.TITLES)
    assert trouble(code=0) == {}
    assert not list((deployed / "store").rglob("*.*"))


def test_a_deployment_without_a_database(instance):
    assert "diagnose init" in trouble()["database"]
    assert not (instance / "diagnose.sqlite3").exists()


def test_an_old_database(session):
    session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    session.commit()
    assert "diagnose upgrade" in trouble()["current"]


def test_a_damaged_file(deployed):
    path = deployed / "diagnose.sqlite3"
    content = bytearray(path.read_bytes())
    for at in range(4096 * 3, len(content), 4096):
        content[at : at + 64] = b"\xff" * 64
    path.write_bytes(content)
    assert trouble()


def test_a_reference_to_nothing(session):
    connection = session.connection().connection.driver_connection
    session.rollback()
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(
        "INSERT INTO activation (account_id, code_hash, issued_at, expires_at) VALUES (99, 'x',"
        " '2026-01-01', '2026-01-01')"
    )
    connection.commit()
    assert "activation" in trouble()["references"]


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ("UPDATE auditentry SET account_id = 7 WHERE id = 2", 2),
        ("DELETE FROM auditentry WHERE id = 3", 3),
        ("DELETE FROM auditentry WHERE id >= 5", 5),
        ("UPDATE audithead SET seal = ''", 5),
    ],
)
def test_a_log_that_somebody_wrote_into(session, change, row):
    note(session, Actor(1, "10.0.0.7"), "account.sign_in", "account:1", who="甲")
    session.commit()
    assert trouble(code=0) == {}
    session.connection().exec_driver_sql(change)
    session.commit()
    assert f"row {row} on" in trouble()["log"]


def test_a_log_of_many_stretches_is_followed_to_its_end(session, monkeypatch):
    monkeypatch.setattr("diagnose.records.chain.STRETCH", 3)
    for number in range(10):
        note(session, Actor(1), "account.sign_in", f"account:{number}")
    session.commit()
    assert trouble(code=0) == {}


def test_jobs_that_nobody_takes(session):
    session.add(Job(work="letters", created_at=now() - timedelta(minutes=11)))
    session.commit()
    assert "1 jobs" in trouble()["worker"]


def test_a_weak_or_open_secret(deployed, monkeypatch):
    (deployed / "secret_key").chmod(0o644)
    assert "chmod 600" in trouble()["secret"]
    monkeypatch.setenv("DIAGNOSE_SECRET_KEY", "changeme")
    assert "random" in trouble()["secret"]


@pytest.mark.usefixtures("deployed")
def test_a_store_that_takes_nothing(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DIAGNOSE_REPORTS_URL", str(tmp_path / "file" / "store"))
    assert "store" in trouble()


@pytest.mark.usefixtures("deployed")
def test_missing_fonts_and_a_full_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(health, "FONTS", tmp_path)
    usage = shutil.disk_usage(tmp_path)._replace(free=5 << 20)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _: usage)
    assert trouble().keys() == {"fonts", "room"}
