"""Where jobs wait: a queue in a file of this machine, in Redis, or none at all."""

from __future__ import annotations

from pathlib import Path

from huey import Huey, MemoryHuey, RedisHuey, SqliteHuey

NAME = "diagnose"
SQLITE = "sqlite:///"
AT_ONCE = "immediate://"


def open_queue(url: str) -> Huey:
    """The queue at `url`; with `immediate://` nothing waits, jobs are done where they start."""
    if url == AT_ONCE:
        return MemoryHuey(NAME, immediate=True, results=False)
    if url.startswith(("redis://", "rediss://", "unix://")):
        return RedisHuey(NAME, url=url, results=False)
    if not url.startswith(SQLITE):
        raise ValueError(f"no queue at {url.partition(':')[0]}: sqlite:/// or redis:// is needed")
    path = Path(url.removeprefix(SQLITE))
    path.parent.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(NAME, filename=str(path), results=False)
