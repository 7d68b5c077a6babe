"""The fields of the census as data: blocks, what each asks, and the lists to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from diagnose.reading import questionnaire
from questionnaires.text import Text

KINDS = frozenset({"whole", "decimal", "yesno", "several", "text", "systems", "pains"})


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked. `known_from` are the questions whose answers make asking needless.

    `most` bounds a number or the length of a text, `within` names the field that bounds it too;
    `options` are what may be chosen, by id.
    """

    id: str
    kind: str
    label: Text
    hint: Text | None
    unit: Text | None
    most: float
    within: str
    known_from: tuple[str, ...]
    options: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the sheet; those without fields have a page of their own."""

    id: str
    title: Text
    note: Text | None
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The whole sheet: blocks, the scene of each pain, and the lists to choose from."""

    version: str
    blocks: Mapping[str, Block]
    scenes: Mapping[str, str]
    lists: Mapping[str, Mapping[str, Text]]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in order."""
        return tuple(field for block in self.blocks.values() for field in block.fields)


@cache
def census_form() -> Form:
    """The form that comes with the package."""
    return read_form(files("diagnose.needs").joinpath("fields.yaml").read_text("utf-8"))


def read_form(text: str) -> Form:
    """The form that a file describes."""
    held: dict[str, Any] = yaml.safe_load(text)
    blocks = {entry["id"]: _block(entry) for entry in held["blocks"]}
    lists = {name: _texts(entries) for name, entries in held["lists"].items()}
    return Form(
        str(held["version"]),
        MappingProxyType(blocks),
        MappingProxyType(held["scenes"]),
        MappingProxyType(lists),
    )


def _block(entry: Mapping[str, Any]) -> Block:
    note = Text.of(entry["note"]) if "note" in entry else None
    fields = tuple(_field(each) for each in entry.get("fields", ()))
    return Block(entry["id"], Text.of(entry["title"]), note, fields)


def _field(entry: Mapping[str, Any]) -> Field:
    if entry["kind"] not in KINDS:
        raise ValueError(f"{entry['id']}: no such kind: {entry['kind']}")
    return Field(
        id=entry["id"],
        kind=entry["kind"],
        label=Text.of(entry["label"]),
        hint=Text.of(entry["hint"]) if "hint" in entry else None,
        unit=Text.of(entry["unit"]) if "unit" in entry else None,
        most=entry.get("most", 0),
        within=entry.get("within", ""),
        known_from=tuple(entry.get("from", ())),
        options=_options(entry.get("options", "")),
    )


def _options(question_id: str) -> Mapping[str, Text]:
    """The options of a question of the self-assessment, without the one that means none."""
    if not question_id:
        return MappingProxyType({})
    offered = questionnaire()[question_id].options
    return MappingProxyType({o.id: o.label for o in offered if not o.excludes})


def _texts(entries: Mapping[str, Any]) -> Mapping[str, Text]:
    return MappingProxyType({id_: Text.of(text) for id_, text in entries.items()})
