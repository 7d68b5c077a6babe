"""The phrases a report is built from, read from `reports/text/*.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from questionnaires.text import Text

FOLDER = Path(__file__).parent / "text"


@cache
def load_phrases(name: str) -> Mapping[str, Text]:
    """All phrases of `reports/text/<name>.yaml` by their dotted path, e.g. "gaps.lead_top".

    A leaf of the file is `{zh: …, en: …}`; placeholders are those of `str.format`.
    """
    content = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return MappingProxyType(dict(_leaves(content, "")))


def _leaves(node: Mapping[str, Any], path: str) -> list[tuple[str, Text]]:
    if "zh" in node and "en" in node:
        return [(path, Text.of(node))]
    return [
        leaf
        for key, child in node.items()
        for leaf in _leaves(child, f"{path}.{key}" if path else str(key))
    ]
