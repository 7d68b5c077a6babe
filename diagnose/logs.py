"""What the service writes about itself: one line an event, for people or as JSON, to stderr.

No personal data: no names, no values of forms, no addresses of visitors unless so set.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from diagnose.settings import Settings

EVENT = "event"


class JsonLines(logging.Formatter):
    """A JSON object a line: `at`, `level`, `logger`, `message`, and what the event adds."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of one event."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, EVENT, {}),
        }
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


class Lines(logging.Formatter):
    """The same for people: what the event adds follows the message."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's name
        """The line of one event."""
        added = " ".join(f"{name}={value}" for name, value in getattr(record, EVENT, {}).items())
        return f"{super().formatMessage(record)} {added}".rstrip()


def set_up(settings: Settings) -> None:
    """Write to stderr, in the form that the deployment wants."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if settings.log_format == "json" else Lines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # The limiter names the address of whoever tried too often.
    for talkative in ("huey", "alembic", "fontTools", "httpx", "flask-limiter"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
