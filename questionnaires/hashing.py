"""The content hash: one number that stands for exactly what a questionnaire asks."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass

from questionnaires.model import Questionnaire


def content_hash(questionnaire: Questionnaire) -> str:
    """SHA-256 (hex) over the whole content but the hash itself.

    Layout and comments of the file do not matter; every text, bound, condition and the order do.
    """
    content = {k: v for k, v in _plain(questionnaire).items() if k != "hash"}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: object) -> dict[str, object]:
    return {"type": type(value).__name__} | {
        field.name: _part(getattr(value, field.name))
        for field in fields(value)  # type: ignore[arg-type]  # called with dataclasses only
    }


def _part(value: object) -> object:
    if is_dataclass(value):
        return _plain(value)
    return [_part(part) for part in value] if isinstance(value, tuple) else value
