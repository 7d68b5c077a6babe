"""The whole service as processes: it answers, does jobs, and ends without leaving any behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from sqlmodel import Session

from diagnose.records import Job, Stand, connect
from tests.diagnose.people import keep, make_account

PROGRAM = "from diagnose.cli import main; main()"
TYPED = "张三"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Service:
    """`diagnose serve` with an instance of its own."""

    def __init__(self, folder, **settings):
        self.folder, self.port = folder, free_port()
        given = {"INSTANCE": str(folder), "LOG_FORMAT": "json"} | settings
        environment = {f"DIAGNOSE_{name}": value for name, value in given.items()}
        self.err = (folder.parent / "err").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "serve", "--port", str(self.port), "--workers", "1"],
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=self.err,
            start_new_session=True,
        )

    def __enter__(self):
        self.wait_until(self.answers, "does not answer")
        self.engine = connect(f"sqlite:///{self.folder / 'diagnose.sqlite3'}")
        return self

    def __exit__(self, *_):
        self.engine.dispose()
        for number in self.members():
            os.kill(number, signal.SIGKILL)
        self.process.communicate()
        self.err.close()

    def answers(self):
        assert self.process.poll() is None, self.log()
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/", timeout=5) as answer:
                self.page = answer.read().decode()
                return answer.status == 200
        except OSError:
            return False

    def members(self):
        """The processes of the service; its session is its own."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.process.pid and fields[0] != "Z":
                found.append(int(path.parent.name))
        return found

    def job(self, number):
        with Session(self.engine) as session:
            return session.get_one(Job, number)

    def log(self):
        return (self.folder.parent / "err").read_text()

    def wait_until(self, holds, otherwise):
        for _try in range(3000):
            if holds():
                return
            time.sleep(0.1)
        raise AssertionError(f"{otherwise}: {self.log()}")

    def gone(self):
        self.process.poll()
        return not self.members()


@pytest.fixture
def service(tmp_path):
    (tmp_path / "instance").mkdir()
    with Service(tmp_path / "instance") as running:
        yield running


def test_the_service_answers_does_its_jobs_and_ends_in_order(service):
    assert "数字化诊断" in service.page
    service.wait_until(lambda: "the audit log is whole" in service.log(), "no upkeep")
    with Session(service.engine) as session:
        account = make_account(session, "officer")
        lost = keep(session, Job(account_id=account.id, work="lost", stand=Stand.RUNNING))
        waiting = keep(session, Job(account_id=account.id, work="no such work"))
        numbers = lost.id, waiting.id
    [worker] = [
        line["process"] for line in lines(service) if line["logger"] == "diagnose.serving.worker"
    ]
    os.kill(worker, signal.SIGKILL)
    for number in numbers:
        service.wait_until(
            lambda number=number: service.job(number).stand == Stand.FAILED, "not taken up"
        )
    service.process.terminate()
    service.wait_until(service.gone, "processes were left")
    assert service.process.returncode == 0


def lines(service):
    return [json.loads(line) for line in service.log().splitlines()]


def test_a_request_is_one_line_without_what_was_typed(service):
    with urlopen(f"http://127.0.0.1:{service.port}/?page={quote(TYPED)}") as answer:
        number = answer.headers["X-Request-ID"]
    service.wait_until(lambda: number in service.log(), "not logged")
    [line] = [line for line in lines(service) if line.get("request") == number]
    assert line["route"] == "/"
    assert (line["method"], line["status"], line["account"]) == ("GET", 200, None)
    assert line["ms"] > 0
    assert "address" not in line
    assert TYPED not in service.log()
    assert quote(TYPED) not in service.log()


def test_nothing_is_left_when_the_supervisor_is_killed(service):
    assert len(service.members()) > 2
    service.process.kill()
    service.wait_until(service.gone, "processes were left")
