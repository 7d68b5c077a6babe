"""A PostgreSQL of our own for tests: a cluster in a folder, reached by a socket in it alone."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text

ELSEWHERE = "TEST_POSTGRESQL_URL"
MISSING = (
    "These tests need PostgreSQL. Install it (Debian: apt-get install postgresql), or name a "
    f"server where databases may be made in {ELSEWHERE}, as postgresql+psycopg://user@host/name."
)
_numbers = count(1)


@contextmanager
def cluster():
    """The URL of a server in which databases may be made."""
    if named := os.environ.get(ELSEWHERE):
        yield named
        return
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    user = _as_somebody(folder)
    data = folder / "data"
    made = ["-U", "tests", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]
    _run([*user, programs / "initdb", "-D", data, *made])
    speedy = ["-c", "fsync=off", "-c", "listen_addresses=", "-c", "max_connections=60"]
    command = [*user, programs / "postgres", "-D", data, "-k", folder, *speedy]
    with (folder / "log").open("w") as log, subprocess.Popen(command, stderr=log) as server:
        try:
            _wait(programs, folder, server)
            yield f"postgresql+psycopg://tests@/postgres?host={folder}"
        finally:
            _run([*user, programs / "pg_ctl", "stop", "-D", data, "-m", "immediate"])
            server.wait()
            shutil.rmtree(folder)


@contextmanager
def database(server, template="template0"):
    """The URL of a database made from a template, gone afterwards."""
    name = f"tests_{os.getpid()}_{next(_numbers)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    try:
        yield engine.url.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


def find_programs():
    """The folder of the newest server installed."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    if found:
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise RuntimeError(MISSING)


def _as_somebody(folder):
    """What goes before a command so that it does not run as root, which the server refuses."""
    if os.geteuid() != 0:
        return []
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]


def _wait(programs, folder, server):
    for _try in range(200):
        assert server.poll() is None, (folder / "log").read_text()
        ready = subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False)
        if ready.returncode == 0:
            return
        time.sleep(0.05)
    raise AssertionError((folder / "log").read_text())


def _run(command):
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stdout + done.stderr
