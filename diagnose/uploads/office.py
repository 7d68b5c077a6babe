"""Office documents: zip archives of a known build, without macros and without surprises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from diagnose.uploads.refusals import BOMB, DAMAGED, MACROS, REMOTE, UploadRefused

ZIP = b"PK\x03\x04"
MOST_PARTS = 5000
LARGEST_CONTENT = 300 << 20  # bytes unpacked
LARGEST_RELATIONS = 4 << 20
RATIO = 200  # unpacked to packed; office files stay far below
_SMALL = 10 << 20  # so much unpacked is no bomb, however well it packs
_TYPES = "[Content_Types].xml"
_ENCRYPTED = 0x1
_REMOTE = re.compile(
    rb"""<[^>]*relationships/(?:attachedTemplate|oleObject|frame|subDocument)["'][^>]*>"""
)
_FAR = re.compile(
    rb"""Target=["'](?:https?:|ftp:|file:|mhtml:|\\\\|//)(?!/*[A-Za-z]:)""", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Document:
    """One of the three kinds of document, known by its main part."""

    main: str
    suffix: str
    media_type: str


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
DOCUMENTS = (
    Document("word/document.xml", ".docx", f"{_OPEN_XML}wordprocessingml.document"),
    Document("xl/workbook.xml", ".xlsx", f"{_OPEN_XML}spreadsheetml.sheet"),
    Document("ppt/presentation.xml", ".pptx", f"{_OPEN_XML}presentationml.presentation"),
)


def document(file: IO[bytes], name: str) -> Document | None:
    """Which document an archive is; None where it is none. Raises `UploadRefused`."""
    try:
        with ZipFile(file) as archive:
            parts = set(archive.namelist())
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        raise UploadRefused(DAMAGED.format(name=name)) from None
    finally:
        file.seek(0)
    if _TYPES not in parts:
        return None
    return next((found for found in DOCUMENTS if found.main in parts), None)


def look(file: IO[bytes], name: str) -> None:
    """Refuse macros, controls, remote templates, bombs and archives that do not unpack."""
    try:
        with ZipFile(file) as archive:
            _refuse_bomb(archive, file, name)
            _refuse_active(archive, name)
    except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError):
        raise UploadRefused(DAMAGED.format(name=name)) from None


def _refuse_bomb(archive: ZipFile, file: IO[bytes], name: str) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    size = file.seek(0, 2)
    overlapping = packed > size  # parts that share their bytes are no document's
    swollen = unpacked > _SMALL and unpacked > RATIO * max(packed, 1)
    if overlapping or swollen or unpacked > LARGEST_CONTENT or len(parts) > MOST_PARTS:
        raise UploadRefused(BOMB.format(name=name))


def _refuse_active(archive: ZipFile, name: str) -> None:
    for part in archive.infolist():
        if part.flag_bits & _ENCRYPTED:
            raise UploadRefused(DAMAGED.format(name=name))
        lower = part.filename.lower()
        if lower.endswith("vbaproject.bin") or "/activex/" in lower or "/macrosheets/" in lower:
            raise UploadRefused(MACROS.format(name=name))
        if lower.endswith(".rels") and _is_remote(_beginning(archive, part)):
            raise UploadRefused(REMOTE.format(name=name))
    if b"macroEnabled" in _beginning(archive, archive.getinfo(_TYPES)):
        raise UploadRefused(MACROS.format(name=name))


def _is_remote(relations: bytes) -> bool:
    return any(_FAR.search(found[0]) for found in _REMOTE.finditer(relations))


def _beginning(archive: ZipFile, part: ZipInfo) -> bytes:
    with archive.open(part) as opened:
        return opened.read(LARGEST_RELATIONS)
