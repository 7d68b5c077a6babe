"""Serve the pages on this machine: gunicorn, and waitress where gunicorn does not run."""

from __future__ import annotations

import sys
from collections.abc import Callable

from flask import Flask

from diagnose.records import connect, upgrade
from diagnose.settings import Settings
from diagnose.web import create_app

PORT = 8000
THREADS = 8


def serve(host: str = "127.0.0.1", port: int = PORT, settings: Settings | None = None) -> None:
    """Serve until stopped; the database is brought up to date first."""
    settings = (settings or Settings()).ready()
    engine = connect(settings.database_url)
    upgrade(engine)
    engine.dispose()
    run = _waitress if sys.platform == "win32" else _gunicorn
    run(lambda: create_app(settings), host, port)


def _waitress(make: Callable[[], Flask], host: str, port: int) -> None:
    from waitress import serve as serve_waitress  # noqa: PLC0415  # installed on Windows only

    serve_waitress(make(), host=host, port=port, threads=THREADS)


def _gunicorn(make: Callable[[], Flask], host: str, port: int) -> None:
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415  # not installed on Windows

    class Service(BaseApplication):  # type: ignore[misc]  # gunicorn brings no types
        """Our app with our settings; each worker makes its own."""

        def load_config(self) -> None:
            address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
            chosen = {
                "bind": address,
                "workers": 2,
                "threads": THREADS,
                "control_socket_disable": True,
            }
            for name, value in chosen.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return make()

    Service().run()
