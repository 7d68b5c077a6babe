"""The words of peer groups, read once from phrases.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from questionnaires.text import Text


@cache
def phrases(kind: str) -> Mapping[str, Text]:
    """The phrases of one kind: "name" or "why"."""
    return {key: Text.of(value) for key, value in _read()[kind].items()}


@cache
def bands() -> tuple[Text, ...]:
    """The names of the level bands, the lowest first."""
    return tuple(Text.of(value) for value in _read()["bands"])


def _read() -> dict[str, Any]:
    content = files("models.peers").joinpath("phrases.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(content)
    return loaded
