"""The invented content of the fictional district, read once from its YAML files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def content(name: str) -> Mapping[str, Any]:
    """One content file: "firms" or "answers"."""
    text = files("diagnose.fictional").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded
