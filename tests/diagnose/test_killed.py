"""SIGKILL amid 200 concurrent autosaves: what was acknowledged is there afterwards, and whole."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time

from itsdangerous import URLSafeTimedSerializer
from sqlmodel import Session, select

import questionnaires
from diagnose.records import Account, Answer, Assessment, AuditEntry, Firm, connect, upgrade
from diagnose.records.chain import check_chain
from diagnose.settings import Settings
from diagnose.web import create_app
from tests.diagnose.factories import make_assessment, make_uscc

FIRMS = 200
ENOUGH = 100  # acknowledged saves before the blow
SERVE = [sys.executable, "-c", "from diagnose.cli import main; main()", "serve", "--port"]
CSRF = "a token"
ASKED = questionnaires.load("sme-2024")
CHOICES = [question for question in ASKED.questions if question.kind == "single"]


def open_sheets(engine):
    """An open sheet and an account for each firm; both are numbered from 1."""
    with Session(engine) as session:
        for number in range(1, FIRMS + 1):
            session.add(Firm(uscc=make_uscc(), name=f"第{number}机械有限公司"))
            session.flush()
            session.add(make_assessment(number, questionnaire=ASKED.id))
            session.add(
                Account(
                    kind="firm", username=f"firm{number}", name="填报人", stamp="s", firm_id=number
                )
            )
        session.commit()


def sessions(settings):
    """The headers of a signed-in session of each firm."""
    app = create_app(settings)
    signer = app.session_interface.get_signing_serializer(app)
    token = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(CSRF)
    app.extensions["database"].dispose()
    seen = int(time.time())
    held = {"since": seen, "seen": seen, "csrf_token": CSRF}
    return {
        number: f"Cookie: session={signer.dumps(held | {'_user_id': f'{number}:s'})}\r\n"
        f"X-CSRFToken: {token}\r\n"
        for number in range(1, FIRMS + 1)
    }


class Service:
    """`diagnose serve` in a process group of its own."""

    def __init__(self, settings):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = (settings.instance / "log").open("a")
        self.process = subprocess.Popen(
            [*SERVE, str(self.port)],
            env=os.environ | {"DIAGNOSE_INSTANCE": str(settings.instance)},
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def __enter__(self):
        while not self._listens():
            assert self.process.poll() is None
            time.sleep(0.1)
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()
        self.log.close()

    def _listens(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


async def post(port, number, headers, body):
    """One save; its reply once it was read whole. Raises `OSError` where there is none."""
    content = json.dumps(body).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(
            f"POST /assessments/{number}/answers HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Connection: close\r\n{headers}Content-Type: application/json\r\n"
            f"Content-Length: {len(content)}\r\n\r\n".encode()
            + content
        )
        head, _, reply = (await reader.read()).partition(b"\r\n\r\n")
    finally:
        writer.close()
    if not head.startswith(b"HTTP/1.1 200") or f"Content-Length: {len(reply)}".encode() not in head:
        raise ConnectionError(head[:100])
    return json.loads(reply)


class Firms:
    """All firms at work, each saving one answer after the other, until the service is gone."""

    def __init__(self, service, headers):
        self.service, self.headers, self.acknowledged = service, headers, 0
        self.saved = {number: {} for number in headers}
        self.under_way = {number: {} for number in headers}
        self.editions = dict.fromkeys(headers, 0)

    async def work(self):
        await asyncio.gather(*map(self.fill, self.headers))

    async def fill(self, number):
        for save in range(10_000):
            question = CHOICES[(number + save) % len(CHOICES)]
            option = question.options[save // len(CHOICES) % len(question.options)].id
            self.under_way[number] = {question.id: option}
            body = {
                "edition": self.editions[number],
                "answers": {question.id: {"given": [option]}},
            }
            try:
                reply = await post(self.service.port, number, self.headers[number], body)
            except OSError:
                return
            self.editions[number] = reply["edition"]
            self.saved[number] |= self.under_way[number]
            self.under_way[number] = {}
            self.acknowledged += 1
            if self.acknowledged == ENOUGH:
                self.service.kill()


def check(engine, firms):
    """Each sheet is as acknowledged, or holds the save that was under way as well, all of it."""
    with Session(engine) as session:
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert not session.connection().exec_driver_sql("PRAGMA foreign_key_check").all()
        assert check_chain(session).whole
        answers = {number: {} for number in firms.saved}
        for answer in session.exec(select(Answer)):
            answers[answer.assessment_id][answer.question] = answer.value
        editions = {sheet.id: sheet.edition for sheet in session.exec(select(Assessment))}
        for number, saved in firms.saved.items():
            further = editions[number] - firms.editions[number]
            assert further in (0, 1)
            assert answers[number] == (saved | firms.under_way[number] if further else saved)
        logged = session.exec(select(AuditEntry).where(AuditEntry.action == "answers.save")).all()
        assert len(logged) == sum(editions.values())


def test_what_was_acknowledged_outlives_sigkill(tmp_path):
    settings = Settings(instance=tmp_path / "instance").ready()
    engine = connect(settings.database_url)
    upgrade(engine)
    open_sheets(engine)
    engine.dispose()
    headers = sessions(settings)
    with Service(settings) as service:
        firms = Firms(service, headers)
        asyncio.run(firms.work())
        assert service.process.returncode == -signal.SIGKILL
    assert firms.acknowledged >= ENOUGH
    assert any(firms.under_way.values())
    check(engine, firms)
    with Service(settings) as service:
        sheet = {"edition": firms.editions[1], "answers": {"planning": {"given": ["c"]}}}
        with Session(engine) as session:
            sheet["edition"] = session.get_one(Assessment, 1).edition
        reply = asyncio.run(post(service.port, 1, headers[1], sheet))
        assert reply["edition"] >= sheet["edition"]
    engine.dispose()
