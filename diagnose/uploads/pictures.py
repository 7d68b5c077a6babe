"""Pictures: whole at least at both ends, as far as their format marks them."""

from __future__ import annotations

import os
from typing import IO

from diagnose.uploads.refusals import DAMAGED, UploadRefused

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
_TAIL = 64


def look_png(file: IO[bytes], name: str) -> None:
    """Begins with its header and ends with its last chunk."""
    _need(file.read(16)[12:] == b"IHDR" and b"IEND" in _tail(file), name)


def look_jpeg(file: IO[bytes], name: str) -> None:
    """Holds the end of a picture; telephones append to it what they please."""
    _need(b"\xff\xd9" in file.read(), name)


def look_webp(file: IO[bytes], name: str) -> None:
    """Is as long as it says."""
    said = int.from_bytes(file.read(8)[4:], "little") + 8
    _need(said <= file.seek(0, os.SEEK_END), name)


def _tail(file: IO[bytes]) -> bytes:
    file.seek(-min(_TAIL, file.seek(0, os.SEEK_END)), os.SEEK_END)
    return file.read()


def _need(sound: bool, name: str) -> None:  # the condition is all it says
    if not sound:
        raise UploadRefused(DAMAGED.format(name=name))
