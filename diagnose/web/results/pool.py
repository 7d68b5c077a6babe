"""The pools kept by a process: rows read again when they are old, groups fitted beside requests."""

from __future__ import annotations

from datetime import timedelta
from threading import Lock, Thread

from flask import Flask, current_app
from sqlalchemy import Engine
from sqlmodel import Session

from diagnose.pool import Pool, count_firms, read_pool
from diagnose.records.columns import now

__all__ = ["Pool", "Pools", "find_pool", "pools"]

OLDEST = timedelta(days=1)
DRIFT = 0.05  # share by which the number of firms may change before the pool is read again


class Pools:
    """The pool of real firms and that of fictional ones.

    Fitting groups takes seconds, so no request waits for it: it is done in a thread, and until
    it is done the groups of the pool before serve.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._kept: dict[bool, Pool] = {}
        self._lock = Lock()
        self._threads: dict[bool, Thread] = {}

    def find(self, session: Session, *, fictional: bool) -> Pool:
        """The pool, its rows read anew where they no longer tell how things stand."""
        kept = self._kept.get(fictional)
        if kept is None or _is_stale(kept, count_firms(session, fictional=fictional)):
            kept = read_pool(session, fictional=fictional, before=kept, fit=False)
            self._kept[fictional] = kept
        if not kept.fitted:
            self._fit_aside(fictional)
        return kept

    def wait(self) -> None:
        """Until no groups are being fitted."""
        for thread in tuple(self._threads.values()):
            thread.join()

    def _fit_aside(self, fictional: bool) -> None:
        with self._lock:
            if fictional in self._threads:
                return
            thread = Thread(target=self._fit, args=(fictional,), name="pool", daemon=True)
            self._threads[fictional] = thread
        thread.start()

    def _fit(self, fictional: bool) -> None:
        engine: Engine = self._app.extensions["database"]
        try:
            with Session(engine) as session:
                before = self._kept.get(fictional)
                self._kept[fictional] = read_pool(session, fictional=fictional, before=before)
        except Exception:
            self._app.logger.exception("peer groups could not be fitted")
        finally:
            with self._lock:
                del self._threads[fictional]


def _is_stale(pool: Pool, count: int) -> bool:
    return now() - pool.made_at > OLDEST or abs(count - pool.count) > DRIFT * pool.count


def pools() -> Pools:
    """The pools of this process."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # a thread outlives the proxy
    kept: Pools = app.extensions.setdefault("pools", Pools(app))
    return kept


def find_pool(session: Session, *, fictional: bool) -> Pool:
    """The pool that a firm is compared with."""
    return pools().find(session, fictional=fictional)
