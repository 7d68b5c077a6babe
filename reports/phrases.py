"""The phrases a report is built from, read from `reports/text/*.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from questionnaires.text import LANGUAGES, Text

_BOTH = set(LANGUAGES)
FOLDER = Path(__file__).parent / "text"


@cache
def load_content(name: str) -> Mapping[str, Any]:
    """The content of `reports/text/<name>.yaml` as it stands, settings beside phrases included."""
    return MappingProxyType(yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))


@cache
def load_phrases(name: str) -> Mapping[str, Text]:
    """All phrases of `reports/text/<name>.yaml` by their dotted path, e.g. "gaps.lead_top".

    A phrase is a `{zh: …, en: …}`; its placeholders are those of `str.format`.
    """
    return MappingProxyType(dict(_phrases(load_content(name), "")))


def _phrases(node: Any, path: str) -> list[tuple[str, Text]]:
    if not isinstance(node, Mapping):
        return []
    if node.keys() == _BOTH:
        return [(path, Text(str(node["zh"]), str(node["en"])))]
    return [
        phrase
        for key, child in node.items()
        for phrase in _phrases(child, f"{path}.{key}" if path else str(key))
    ]


class Phrasebook:
    """The phrases of one file, said by path: `say("peers.group", group=name)`."""

    def __init__(self, name: str) -> None:
        self._phrases = load_phrases(name)

    def __call__(self, path: str, **values: object) -> Text:
        """The phrase at `path`, its placeholders filled."""
        phrase = self._phrases[path]
        return phrase.format(**values) if values else phrase

    def has(self, path: str) -> bool:
        """Whether there is a phrase at `path`."""
        return path in self._phrases
