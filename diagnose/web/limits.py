"""How often one address may try: counted in memory, or where the deployment says."""

from __future__ import annotations

from flask import Flask, Response, g
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from diagnose.settings import Settings

TRIES = "20 per minute; 200 per hour"
"""Wrong passwords and codes of one address; firms of a park may share one, so not too few."""

limiter = Limiter(get_remote_address)


def count_this_try() -> None:
    """Let this request count against its address; those with right words do not."""
    g.try_counts = True


def counts(_response: Response) -> bool:
    """Whether `count_this_try` was called, as Flask-Limiter asks it."""
    return bool(g.get("try_counts"))


def count_tries(app: Flask, settings: Settings) -> None:
    """Let views be limited by address."""
    app.config.update(
        RATELIMIT_ENABLED=settings.limit_requests, RATELIMIT_STORAGE_URI=settings.limits_url
    )
    limiter.init_app(app)
