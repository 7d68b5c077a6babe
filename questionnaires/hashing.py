"""The content hash: one number that stands for exactly what a content file says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction


def content_hash(content: object) -> str:
    """SHA-256 (hex) over a questionnaire or standard, all of it but its field `hash`.

    Layout and comments of the file do not matter; every text, number, condition and the order do.
    A field at its default is passed over, so that fields which come later leave the hashes of
    published versions as they are.
    """
    said = {name: part for name, part in _plain(content).items() if name != "hash"}
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: object) -> dict[str, object]:
    return {"type": type(value).__name__} | {
        field.name: _part(said)
        for field in fields(value)  # type: ignore[arg-type]  # called with dataclasses only
        if (said := getattr(value, field.name)) != field.default
    }


def _part(value: object) -> object:
    if is_dataclass(value):
        return _plain(value)
    if isinstance(value, Mapping):  # its order counts, which sorted keys would lose
        return [[key, _part(part)] for key, part in value.items()]
    if isinstance(value, tuple):
        return [_part(part) for part in value]
    return str(value) if isinstance(value, Fraction) else value
