"""The content hash of a standard: one number that stands for exactly how it judges."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction

from models.standard import Standard


def content_hash(standard: Standard) -> str:
    """SHA-256 (hex) over the whole content but the hash itself.

    Layout and comments of the file do not matter; every text, number, source and the order do.
    """
    content = [part for part in _plain(standard) if part[0] != "hash"]
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: object) -> list[list[object]]:
    return [
        [field.name, _part(getattr(value, field.name))]
        for field in fields(value)  # type: ignore[arg-type]  # called with dataclasses only
    ]


def _part(value: object) -> object:
    if is_dataclass(value):
        return _plain(value)
    if isinstance(value, Mapping):
        return [[key, _part(part)] for key, part in value.items()]
    if isinstance(value, tuple):
        return [_part(part) for part in value]
    return str(value) if isinstance(value, Fraction) else value
