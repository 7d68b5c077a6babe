"""How long an autosave takes while 100 firms fill in at once, in times of a bare Flask route.

    python benchmarks/autosaves.py [--saves 10000] [--firms 100] [--think 2] [--synchronous FULL]

Both are served as `diagnose serve` does (gunicorn, two processes of eight threads, SQLite on this
disk) and get the same load one after the other. The bare route writes one row and commits. Each
firm saves one answer, waits for the reply, thinks between half and one and a half times `--think`
seconds (people take longer), and saves again over a new connection. Times are those the client
sees. `--synchronous NORMAL` shows what it costs that an acknowledged save survives a power cut.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import socket
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from flask import Flask, request
from gunicorn.app.base import BaseApplication
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Engine, event
from sqlmodel import Session

import questionnaires
from diagnose.records import Account, Assessment, Firm, Kind, connect, upgrade
from diagnose.serving.pages import THREADS, Address, serve_pages
from diagnose.settings import Settings
from diagnose.web import create_app

PROCESSES = 2
CSRF = "one token for all"
Body = Callable[[int, int, int], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a load goes: port, headers of each firm, paths, bodies."""

    port: int
    headers: list[str]
    path: Callable[[int], str]
    body: Body


def set_synchronous(mode: str) -> None:
    """Let every connection of this process be as sure of the disk as `mode` says."""

    @event.listens_for(Engine, "connect")
    def choose(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA synchronous = {mode}")


def serve_diagnose(address: Address, settings: Settings, mode: str) -> None:
    set_synchronous(mode)
    serve_pages(address, settings)


def serve_bare(address: Address, path: Path, mode: str) -> None:
    app = Flask(__name__)

    @app.post("/row")
    def keep() -> dict[str, int]:
        sent = request.get_json()
        connection = sqlite3.connect(path, timeout=10)
        connection.execute(f"PRAGMA synchronous = {mode}")
        with connection:
            connection.execute("INSERT INTO kept (said) VALUES (?)", (json.dumps(sent["answers"]),))
        connection.close()
        return {"edition": sent["edition"] + 1}

    class Bare(BaseApplication):  # type: ignore[misc]  # gunicorn brings no types
        def load_config(self) -> None:
            for name, value in (
                ("bind", str(address)),
                ("workers", PROCESSES),
                ("threads", THREADS),
                ("control_socket_disable", True),
            ):
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return app

    Bare().run()


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port: int = opened.getsockname()[1]
        return port


def bare(folder: Path, firms: int, mode: str) -> tuple[Target, multiprocessing.Process]:
    """The bare route, served."""
    path, port = folder / "bare.sqlite3", free_port()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, said TEXT NOT NULL)")
    process = start(folder, serve_bare, Address("127.0.0.1", port, PROCESSES), path, mode)
    return Target(port, [""] * firms, lambda _firm: "/row", answers()), process


def diagnose(folder: Path, firms: int, mode: str) -> tuple[Target, multiprocessing.Process]:
    """The service with an open sheet of each firm, and each firm signed in."""
    port = free_port()
    settings = Settings(instance=folder / "instance").ready()
    engine = connect(settings.database_url)
    upgrade(engine)
    with Session(engine) as session:
        accounts = [signed_up(session, number) for number in range(firms)]
        cookies = [f"{account.id}:{account.stamp}" for account in accounts]
    engine.dispose()
    headers = signed_in(settings, cookies)
    process = start(folder, serve_diagnose, Address("127.0.0.1", port, PROCESSES), settings, mode)
    return Target(
        port, headers, lambda firm: f"/assessments/{firm + 1}/answers", answers()
    ), process


def signed_up(session: Session, number: int) -> Account:
    asked = questionnaires.load("sme-2024")
    firm = Firm(name=f"虚构第 {number} 机械有限公司", uscc=f"91420102MA4K{number:06d}")
    session.add(firm)
    session.flush()
    account = Account(
        kind=Kind.FIRM, username=f"firm{number}", name="填报人", stamp="s", firm_id=firm.id
    )
    sheet = Assessment(
        firm_id=firm.id,
        name=firm.name,
        questionnaire=asked.id,
        questionnaire_version=asked.version,
        questionnaire_hash=asked.hash,
    )
    session.add_all([account, sheet])
    session.commit()
    session.refresh(account)
    return account


def signed_in(settings: Settings, visitors: list[str]) -> list[str]:
    """The headers of sessions as sign-in would begin them."""
    app = create_app(settings)
    signer = app.session_interface.get_signing_serializer(app)
    token = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(CSRF)
    seen = int(time.time())
    app.extensions["database"].dispose()
    return [
        f"Cookie: session={signer.dumps(kept)}\r\nX-CSRFToken: {token}\r\n"
        for visitor in visitors
        for kept in [{"_user_id": visitor, "since": seen, "seen": seen, "csrf_token": CSRF}]
    ]


def answers() -> Body:
    """One answer a save, never the same twice in a row."""
    asked = [q for q in questionnaires.load("sme-2024").questions if q.kind == "single"]

    def body(firm: int, save: int, edition: int) -> dict[str, Any]:
        question = asked[(firm + save) % len(asked)]
        option = question.options[save // len(asked) % len(question.options)]
        return {"edition": edition, "answers": {question.id: {"given": [option.id], "reason": ""}}}

    return body


def quietly(do: Callable[..., None], log: Path, *arguments: object) -> None:
    """Serve with the log in a file, where a deployment has it too."""
    with log.open("wb") as file:
        os.dup2(file.fileno(), 2)
    do(*arguments)


def start(
    folder: Path, do: Callable[..., None], address: Address, *arguments: object
) -> multiprocessing.Process:
    process: Any = multiprocessing.get_context("spawn").Process(
        target=quietly, args=(do, folder / "log", address, *arguments)
    )
    process.start()
    while not listens(address.port):
        time.sleep(0.2)
    return process


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


async def fill(target: Target, firm: int, saves: int, think: float, took: list[float]) -> int:
    """One firm at work; how many of its saves were not acknowledged."""
    rng, edition, errors = random.Random(firm), 0, 0
    await asyncio.sleep(rng.uniform(0, think))
    for save in range(saves):
        begun = time.perf_counter()
        status, reply = await post(target, firm, target.body(firm, save, edition))
        took.append(time.perf_counter() - begun)
        if status == 200:
            edition = reply["edition"]
        else:
            errors += 1
        await asyncio.sleep(rng.uniform(0.5, 1.5) * think)
    return errors


async def post(target: Target, firm: int, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    content = json.dumps(body).encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", target.port)
    head = (
        f"POST {target.path(firm)} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"{target.headers[firm]}Content-Type: application/json\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    writer.write(head.encode() + content)
    received = await reader.read()
    writer.close()
    first, _, rest = received.partition(b"\r\n")
    status = int(first.split()[1])
    good = status == 200
    return status, json.loads(rest.partition(b"\r\n\r\n")[2]) if good else {}


async def load(target: Target, firms: int, saves: int, think: float) -> tuple[list[float], int]:
    took: list[float] = []
    await asyncio.gather(*(post(target, firm, {}) for firm in range(min(firms, 32))))  # warm up
    each = -(-saves // firms)
    errors = await asyncio.gather(*(fill(target, firm, each, think, took) for firm in range(firms)))
    return took, sum(errors)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=10_000)
    parser.add_argument("--firms", type=int, default=100)
    parser.add_argument("--think", type=float, default=2.0)
    parser.add_argument("--synchronous", choices=("FULL", "NORMAL"), default="FULL")
    chosen = parser.parse_args()
    middle = {}
    print(f"{chosen.firms} firms, {chosen.saves} saves each way, thinking {chosen.think:g} s")
    for name, make in (("bare Flask route", bare), ("diagnose autosave", diagnose)):
        with tempfile.TemporaryDirectory() as folder:
            target, process = make(Path(folder), chosen.firms, chosen.synchronous)
            begun = time.perf_counter()
            try:
                took, errors = asyncio.run(load(target, chosen.firms, chosen.saves, chosen.think))
            finally:
                process.terminate()
                process.join()
        middle[name], late = np.percentile(took, [50, 99]) * 1000
        rate = len(took) / (time.perf_counter() - begun)
        print(
            f"{name:20} p50 {middle[name]:6.1f} ms   p99 {late:6.1f} ms   "
            f"longest {max(took) * 1000:6.0f} ms   {rate:5.1f}/s   errors {errors}",
            flush=True,
        )
    print(f"ratio at the median  {middle['diagnose autosave'] / middle['bare Flask route']:.1f}")


if __name__ == "__main__":
    main()
