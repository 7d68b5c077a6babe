"""What a roster file may hold, and which of its columns holds what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from questionnaires.normal import plain
from questionnaires.text import Text

NEEDED = ("uscc", "name")
"""Without these no row can be taken."""
_BRACKETED = re.compile(r"[(\[【（].*?[)\]】）]")
_MARKS = re.compile(r"[\s*★☆·:：_\-、/\\\"“”'.]+")
_UNIT = re.compile("(亿|万|千)?元")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a column may hold; `of` is the fact it is kept as, times `factor`.

    `words` tells what written words stand for, where only some are known.
    """

    id: str
    title: Text
    kind: str
    of: str
    factor: float = 1.0
    unit: str = ""
    length: int | None = None
    maximum: float | None = None
    names: tuple[str, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)


@cache
def fields() -> Mapping[str, Field]:
    """Every field by id, in the order in which people are offered them."""
    read = yaml.safe_load(Path(__file__).with_name("columns.yaml").read_text("utf-8"))
    return MappingProxyType({each["id"]: _field(each) for each in read})


def match(headings: Sequence[str]) -> tuple[str, ...]:
    """The field that each heading names, '' where none does; no fact is matched twice."""
    taken: set[str] = set()
    found = []
    for heading in headings:
        meant = _meant(heading)
        if meant is None or meant.of in taken:
            found.append("")
        else:
            taken.add(meant.of)
            found.append(meant.id)
    return tuple(found)


def folded(written: str) -> str:
    """A heading or word as it is compared: without brackets, blanks, marks, capitals."""
    return _MARKS.sub("", _BRACKETED.sub("", plain(written)).lower())


def _field(said: Mapping[str, Any]) -> Field:
    words = {folded(word): value for value, some in said.get("words", {}).items() for word in some}
    given = {name: said[name] for name in ("factor", "unit", "length", "maximum") if name in said}
    return Field(
        said["id"],
        Text.of(said["title"]),
        said["kind"],
        said.get("of", said["id"]),
        names=tuple(folded(name) for name in said.get("names", ())),
        words=MappingProxyType(words),
        **given,
    )


def _meant(heading: str) -> Field | None:
    name = folded(heading)
    found = _by_name().get(name)
    if found is None:
        found = _by_name().get(_UNIT.sub("", name))
    unit = _UNIT.search(plain(heading))
    if found is None or not found.unit or unit is None:
        return found
    kin = (each for each in fields().values() if each.of == found.of)
    return next((each for each in kin if each.unit == unit[0]), found)


@cache
def _by_name() -> Mapping[str, Field]:
    return {name: each for each in fields().values() for name in each.names}
