"""One command, two processes beside each other: pages and worker; they end together."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.context import SpawnProcess
from time import monotonic
from typing import Any

from diagnose import logs
from diagnose.records import connect, upgrade
from diagnose.serving.address import Address
from diagnose.settings import Settings

PAGES = "diagnose.serving.pages:serve_pages"
WORKER = "diagnose.serving.worker:do_jobs"
PORT = 8000
WORKERS = 2
FAREWELL = 45.0  # seconds for open requests and the job in work
LOOK_EVERY = 0.2
STEADY = 60.0  # a worker that lived so long is started again at once
LOG = logging.getLogger(__name__)


def serve(
    host: str = "127.0.0.1",
    port: int = PORT,
    settings: Settings | None = None,
    workers: int = WORKERS,
) -> int:
    """Serve until stopped; the database is brought up to date first. The exit code."""
    settings = (settings or Settings()).ready()
    logs.set_up(settings)
    engine = connect(settings.database_url)
    upgrade(engine)
    engine.dispose()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    pages = _start(PAGES, Address(host, port, workers), settings)
    worker = Kept(WORKER, (settings,))
    while not stop.wait(LOOK_EVERY):
        if not pages.is_alive():
            LOG.error("the pages ended by themselves")
            break
        worker.look()
    _end(pages, worker.process)
    return 0 if stop.is_set() else pages.exitcode or 1


@dataclass
class Kept:
    """A process that is started again when it ends, later each time if it ends soon."""

    where: str
    arguments: tuple[Any, ...]
    wait: float = 0.0
    process: SpawnProcess = field(init=False)
    begun: float = field(init=False)

    def __post_init__(self) -> None:
        self._begin()

    def look(self) -> None:
        """Start it again if it has ended and its time has come."""
        if self.process.is_alive():
            return
        if monotonic() - self.begun > STEADY:
            self.wait = 0.0
        if monotonic() - self.begun >= self.wait:
            LOG.error("the worker ended by itself and is started again")
            self.wait = min(max(1.0, 2 * self.wait), STEADY)
            self._begin()

    def _begin(self) -> None:
        self.begun = monotonic()
        self.process = _start(self.where, *self.arguments)


def _start(where: str, *arguments: Any) -> SpawnProcess:
    """Start a process with what it does named, not loaded: the supervisor stays small."""
    process = multiprocessing.get_context("spawn").Process(target=_do, args=(where, *arguments))
    process.start()
    return process


def _do(where: str, *arguments: Any) -> None:
    module, _, name = where.partition(":")
    getattr(import_module(module), name)(*arguments)


def _end(*processes: SpawnProcess) -> None:
    """Ask all to end, and see to it that they do."""
    for process in processes:
        process.terminate()
    last = monotonic() + FAREWELL
    for process in processes:
        process.join(max(0.0, last - monotonic()))
        if process.is_alive():
            process.kill()
            process.join()
