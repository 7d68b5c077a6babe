"""The file that an officer is bringing in: kept in the store, named in the session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import IO

import orjson
from flask import current_app, session

from diagnose.jobs.upkeep import IMPORTS
from diagnose.roster.intake.reading import NOT_A_ROSTER, SUFFIXES, Head
from diagnose.storage import Store
from questionnaires.clock import today
from questionnaires.errors import SheetsUnreadable

KEPT = "roster_file"
HEAD = ".head"
PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that was uploaded: its key in the store, its own name, its fingerprint."""

    key: str
    name: str
    sha256: str


def keep(file: IO[bytes], name: str) -> Brought:
    """Put an uploaded file into the store; raises `SheetsUnreadable` for other kinds."""
    name = name.replace("\\", "/").rpartition("/")[2]  # some browsers send the folders too
    suffix = next((each for each in SUFFIXES if name.lower().endswith(each)), "")
    if not suffix:
        raise SheetsUnreadable(NOT_A_ROSTER)
    digest = sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    file.seek(0)
    brought = Brought(new_key(suffix), name[:255], digest.hexdigest())
    store().put(brought.key, file)
    session[KEPT] = asdict(brought)
    return brought


def kept() -> Brought | None:
    """The file that this officer uploaded last, while it is there."""
    said = session.get(KEPT)
    return Brought(**said) if said else None


def keep_head(where: Store, key: str, head: Head) -> None:
    """Put what a file's headings are beside it: reading them may take its time."""
    where.put(f"{key}{HEAD}", orjson.dumps(head))


def head_of(where: Store, key: str) -> Head:
    """The headings of a file that is still there; raises `FileNotFoundError`."""
    where.open(key).close()
    said = orjson.loads(where.get(f"{key}{HEAD}"))
    return Head(said["line"], tuple(said["headings"]), tuple(map(tuple, said["sample"])))


def forget() -> None:
    """Drop the file from the session and the store."""
    said = session.pop(KEPT, None)
    if said:
        drop(store(), said["key"])


def drop(where: Store, key: str) -> None:
    """Delete a file and what was kept beside it."""
    where.remove(key)
    where.remove(f"{key}{HEAD}")


def new_key(suffix: str) -> str:
    """A key under which files of imports are kept for some days."""
    return f"{IMPORTS}/{today().isoformat()}/{token_hex(16)}{suffix}"


@contextmanager
def at_hand(where: Store, key: str) -> Iterator[Path]:
    """The file of a key as a file on this machine, for as long as it is needed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"roster{Path(key).suffix}"
        with where.open(key) as source, path.open("wb") as file:
            copyfileobj(source, file)
        yield path


def store() -> Store:
    """The deployment's store."""
    found: Store = current_app.extensions["store"]
    return found
