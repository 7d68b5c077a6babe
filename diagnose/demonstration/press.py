"""The printing press of the demonstration: reports are rendered on all cores, the play goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from joblib import cpu_count
from joblib.externals.loky import get_reusable_executor
from sqlmodel import Session, select

from diagnose.records import Report
from diagnose.reporting.issuing import keep
from diagnose.running.rendering import Unfinished
from diagnose.storage import Store
from reports.dossier import Dossier

Files = dict[str, Any]


@dataclass
class Press:
    """Reports on their way into the store, by the code that each bears."""

    pool: Any
    waiting: dict[str, Future[Files]] = field(default_factory=dict)

    def keep(self, dossier: Dossier, store: Store, folder: str, code: str) -> Files:
        """Have the editions rendered; what they are called is known once all is finished."""
        self.waiting[code] = self.pool.submit(keep, dossier, store, folder, code)
        return {}

    def finish(self, session: Session, told: Callable[[int, int], None]) -> None:
        """Wait for what is still being rendered, and note the files with their reports."""
        rows = [row for row in session.exec(select(Report)) if row.code in self.waiting]
        try:
            for number, row in enumerate(rows, 1):
                row.files = self.waiting.pop(row.code).result()
                session.add(row)
                told(number, len(rows))
        except BrokenProcessPool as error:
            raise Unfinished from error
        session.flush()


@contextmanager
def press() -> Iterator[Press]:
    """A press whose workers are gone afterwards."""
    pool = get_reusable_executor(max_workers=cpu_count())
    try:
        yield Press(pool)
    finally:
        pool.shutdown(wait=True, kill_workers=True)
