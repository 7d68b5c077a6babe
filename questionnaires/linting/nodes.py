"""A YAML file as plain nodes that know their line.

Scalars keep the text that was typed (`no` stays `no`, `01` stays `01`): what a value must be is
for the questionnaire format to say, not for YAML to guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import yaml

from questionnaires import rules

LARGEST_FILE = 5_000_000
DEEPEST = 50
_TAGS = frozenset({"null", "bool", "int", "float", "str", "map", "seq", "timestamp", "value"})


@dataclass(frozen=True, slots=True)
class Node:
    """One part of a YAML file: a mapping, a list, a text, or None where nothing stands."""

    content: Mapping[str, Node] | tuple[Node, ...] | str | None
    line: int
    column: int


_START = Node(None, 1, 1)


class Report(Protocol):
    """Holds a rule against a place."""

    def __call__(self, code: str, node: Node, where: str, /, **particulars: Any) -> None:
        """Report the rule of `code`, broken at `node`, which is found at `where`."""


def read_nodes(path: Path, report: Report) -> Node | None:
    """The file's nodes, None where it is no YAML at all; reports what is wrong on that level."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not UTF-8"
        report(rules.UNREADABLE, _START, "", why=why)
        return None
    if len(data) > LARGEST_FILE:
        report(rules.UNREADABLE, _START, "", why=f"more than {LARGEST_FILE} bytes")
        return None
    return _parsed(text, report)


def _parsed(text: str, report: Report) -> Node | None:
    try:
        _refuse_depth(text)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Node(None, mark.line + 1, mark.column + 1) if mark else _START
        report(rules.NOT_YAML, place, "", why=error.problem or error.context or "?")
        return None
    except yaml.YAMLError as error:
        report(rules.NOT_YAML, _START, "", why=str(error).split("\n")[0])
        return None
    if root is None:
        report(rules.NOT_YAML, _START, "", why="empty")
        return None
    return _node(root, set(), report)


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise yaml.YAMLError(f"nested more than {DEEPEST} deep")


def _node(node: yaml.Node, seen: set[int], report: Report) -> Node:
    place = Node(None, node.start_mark.line + 1, node.start_mark.column + 1)
    if id(node) in seen or node.tag.removeprefix("tag:yaml.org,2002:") not in _TAGS:
        report(rules.ALIAS, place, "")
        return place
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return replace(place, content=_entries(node, seen, report))
    if isinstance(node, yaml.SequenceNode):
        return replace(place, content=tuple(_node(part, seen, report) for part in node.value))
    return place if node.tag.endswith(":null") else replace(place, content=str(node.value))


def _entries(node: yaml.MappingNode, seen: set[int], report: Report) -> dict[str, Node]:
    entries: dict[str, Node] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        if name in entries:
            place = Node(None, key.start_mark.line + 1, key.start_mark.column + 1)
            report(rules.DUPLICATE_KEY, place, name, key=name)
        entries[name] = _node(value, seen, report)
    return entries
