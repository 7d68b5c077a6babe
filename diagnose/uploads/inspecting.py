"""What a file is, told by its content; the name and what the browser says count for nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

import puremagic

from diagnose.uploads import office, pdf, pictures
from diagnose.uploads.refusals import (
    EMPTY,
    LARGEST,
    NOT_TAKEN,
    OLD_OFFICE,
    TAKEN,
    TOO_LARGE,
    UploadRefused,
)
from questionnaires.normal import shown
from questionnaires.text import Text

HEAD = 4096
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken; `look` refuses one that is unsound."""

    media_type: str
    suffixes: tuple[str, ...]
    look: Callable[[IO[bytes], str], None]


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may be taken: what it is, and its fingerprint."""

    media_type: str
    suffixes: tuple[str, ...]
    size: int
    sha256: str


_PDF = Kind("application/pdf", (".pdf",), pdf.look)
_PNG = Kind("image/png", (".png",), pictures.look_png)
_JPEG = Kind("image/jpeg", (".jpg", ".jpeg"), pictures.look_jpeg)
_WEBP = Kind("image/webp", (".webp",), pictures.look_webp)


def inspect(file: IO[bytes], name: str) -> Inspected:
    """What a seekable file is; leaves it at its start. Raises `UploadRefused`."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    told = shown(name)
    if not size:
        raise UploadRefused(EMPTY.format(name=told))
    if size > LARGEST:
        raise UploadRefused(TOO_LARGE)
    kind = _kind(file, told)
    kind.look(file, told)
    file.seek(0)
    return Inspected(kind.media_type, kind.suffixes, size, _fingerprint(file))


def _kind(file: IO[bytes], name: str) -> Kind:
    head = file.read(HEAD)
    file.seek(0)
    if head.startswith(b"%PDF-"):
        return _PDF
    if head.startswith(pictures.PNG):
        return _PNG
    if head.startswith(pictures.JPEG):
        return _JPEG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return _WEBP
    if head.startswith(OLE):
        raise UploadRefused(OLD_OFFICE.format(name=name))
    document = office.document(file, name) if head.startswith(office.ZIP) else None
    if document is None:
        raise UploadRefused(NOT_TAKEN.format(name=name, found=_guess(head), taken=TAKEN))
    return Kind(document.media_type, (document.suffix,), office.look)


def _guess(head: bytes) -> Text:
    """What a file that is not taken seems to be."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start or b"<html" in start or start.startswith((b"<!doctype", b"<script")):
        return Text("是网页或矢量图（HTML、SVG）", "a web page or drawing (HTML, SVG)")
    if start.startswith((b"mz", b"\x7felf", b"#!", b"@echo")):
        return Text("是程序或脚本", "a program or script")
    try:
        suffix = puremagic.from_string(head)
    except (puremagic.PureError, ValueError):
        suffix = ""
    if not suffix:
        return Text("不是这些格式中的任何一种", "none of the formats that are taken")
    return Text(f"像是 {suffix} 文件", f"probably a {suffix} file")


def _fingerprint(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()
