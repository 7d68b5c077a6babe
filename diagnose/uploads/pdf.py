"""PDF: whole, and without what acts when it is opened.

A hurdle, not a virus scanner: an encrypted file hides what it holds, and nothing here is ever
opened by the service, only handed out as a download.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO

from diagnose.uploads.refusals import ACTIVE_PDF, DAMAGED, UploadRefused

_TAIL = 4096
_LARGEST_STREAM = 8 << 20  # bytes unpacked of one object stream
_MOST_STREAMS = 4000
_ACTIVE = re.compile(rb"/(JavaScript|Launch|RichMedia)(?![A-Za-z0-9_.-])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)


def look(file: IO[bytes], name: str) -> None:
    """Refuse a PDF that was cut off, or that runs scripts, programs or players.

    Let pass: a page or zoom to open at (`OpenAction`), and embedded files, which electronic
    invoices carry as data.
    """
    content = file.read()
    if b"%%EOF" not in content[-_TAIL:] or b"startxref" not in content[-_TAIL:]:
        raise UploadRefused(DAMAGED.format(name=name))
    if any(_ACTIVE.search(_ESCAPED.sub(_letter, part)) for part in _readable(content)):
        raise UploadRefused(ACTIVE_PDF.format(name=name))


def _readable(content: bytes) -> Iterator[bytes]:
    """The file as it is, then what its packed objects say."""
    yield content
    for number, match in enumerate(_OBJECTS.finditer(content)):
        if number == _MOST_STREAMS:
            return
        try:
            yield zlib.decompressobj().decompress(content[match.end() :], _LARGEST_STREAM)
        except zlib.error:
            continue


def _letter(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])
