"""The store of files outside the web root: a folder of this deployment, or any fsspec URL."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

_KEY = re.compile(r"\w[\w.-]*(/\w[\w.-]*)*")


@dataclass(frozen=True, slots=True)
class Store:
    """Files by key (“reports/ZD2026-000001/1/zh.pdf”) below `url`; a key is written once.

    A key is made of letters, digits, `_`, `-` and `.`, no part of it beginning with a dot.
    """

    url: str

    def put(self, key: str, content: bytes | IO[bytes]) -> None:
        """Keep `content`; it appears whole or not at all.

        A folder gets it by renaming a finished file; of other places, object stores show nothing
        before the last byte. Raises `FileExistsError` where the key was written before.
        """
        system, path = self._place(key)
        if system.exists(path):
            raise FileExistsError(key)
        system.makedirs(system._parent(path), exist_ok=True)  # noqa: SLF001  # fsspec's own way
        source = BytesIO(content) if isinstance(content, bytes) else content
        if isinstance(system, LocalFileSystem):
            _write_beside(Path(path), source)
            return
        with system.open(path, "wb") as file:
            copyfileobj(source, file)

    def get(self, key: str) -> bytes:
        """The content of a key; raises `FileNotFoundError`."""
        system, path = self._place(key)
        content: bytes = system.cat_file(path)
        return content

    def open(self, key: str) -> IO[bytes]:
        """The content of a key, to be read bit by bit; raises `FileNotFoundError`."""
        system, path = self._place(key)
        file: IO[bytes] = system.open(path, "rb")
        return file

    def remove(self, key: str) -> None:
        """Delete a key, if it is there."""
        system, path = self._place(key)
        if system.exists(path):
            system.rm_file(path)

    def clear(self, folder: str, before: date) -> int:
        """Delete what `folder` keeps by the day (“offline/2026-11-22/…”) of days before `before`.

        How many days there were.
        """
        system, path = self._place(folder)
        if not system.exists(path):
            return 0
        days = [entry for entry in system.ls(path, detail=False) if _day(entry) < before]
        for entry in days:
            system.rm(entry, recursive=True)
        return len(days)

    def _place(self, key: str) -> tuple[Any, str]:
        if not _KEY.fullmatch(key):
            raise ValueError(f"not a key: {key!r}")
        system, root = fsspec.core.url_to_fs(self.url)
        return system, f"{root.rstrip('/')}/{key}"


def _day(path: str) -> date:
    return date.fromisoformat(path.rstrip("/").rpartition("/")[2])


def _write_beside(path: Path, source: IO[bytes]) -> None:
    unfinished = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with unfinished.open("xb") as file:
            copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
