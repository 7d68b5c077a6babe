"""The pages: gunicorn, and waitress where gunicorn does not run."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from flask import Flask

from diagnose import logs
from diagnose.serving.address import Address
from diagnose.serving.parents import end_with_parent
from diagnose.settings import Settings
from diagnose.web import create_app

THREADS = 8
PATIENCE = 60  # seconds that a request may take, and that open ones are given at the end


def serve_pages(address: Address, settings: Settings) -> None:
    """Serve until stopped."""
    logs.set_up(settings)
    end_with_parent()
    run = _waitress if sys.platform == "win32" else _gunicorn
    run(lambda: create_app(settings), address)


def _waitress(make: Callable[[], Flask], address: Address) -> None:
    from waitress import serve as serve_waitress  # noqa: PLC0415  # installed on Windows only

    serve_waitress(make(), host=address.host, port=address.port, threads=THREADS * address.workers)


def _gunicorn(make: Callable[[], Flask], address: Address) -> None:
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415  # not installed on Windows
    from gunicorn.glogging import Logger  # noqa: PLC0415  # as above

    class OurLog(Logger):  # type: ignore[misc]  # gunicorn brings no types
        """What gunicorn has to say goes where all the rest goes."""

        def setup(self, cfg: object) -> None:
            super().setup(cfg)
            self.error_log.handlers.clear()
            self.error_log.propagate = True

    class Service(BaseApplication):  # type: ignore[misc]  # gunicorn brings no types
        """Our app with our settings; each worker makes its own."""

        def load_config(self) -> None:
            chosen = {
                "bind": str(address),
                "workers": address.workers,
                "threads": THREADS,
                "timeout": PATIENCE,
                "graceful_timeout": PATIENCE // 2,
                "logger_class": OurLog,
                "control_socket_disable": True,
            }
            for name, value in chosen.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return make()

    logging.getLogger("gunicorn").setLevel(logging.INFO)
    Service().run()
