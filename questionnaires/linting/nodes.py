"""A YAML file as plain nodes that know their line.

Scalars keep the text that was typed (`no` stays `no`, `01` stays `01`): what a value must be is
for the questionnaire format to say, not for YAML to guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from questionnaires import rules
from questionnaires.linting.findings import Finding, finding

LARGEST_FILE = 5_000_000
DEEPEST = 50
_TAGS = frozenset({"null", "bool", "int", "float", "str", "map", "seq", "timestamp", "value"})


@dataclass(frozen=True, slots=True)
class Node:
    """One part of a YAML file: a mapping, a list, a text, or None where nothing stands."""

    content: Mapping[str, Node] | tuple[Node, ...] | str | None
    line: int
    column: int


def read_nodes(path: Path) -> tuple[Node | None, list[Finding]]:
    """The file's nodes, None where it is no YAML at all, and what is wrong on that level."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            return None, [_unreadable(f"more than {LARGEST_FILE} bytes")]
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return None, [_unreadable(getattr(error, "strerror", None) or "not UTF-8")]
    return parse_nodes(text)


def parse_nodes(text: str) -> tuple[Node | None, list[Finding]]:
    """As `read_nodes`, from text."""
    try:
        _refuse_depth(text)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        why = error.problem or error.context or "?"
        return None, [finding(rules.NOT_YAML, line, column, "", why=why)]
    except yaml.YAMLError as error:
        return None, [finding(rules.NOT_YAML, 1, 1, "", why=str(error).split("\n")[0])]
    if root is None:
        return None, [finding(rules.NOT_YAML, 1, 1, "", why="empty")]
    findings: list[Finding] = []
    return _node(root, set(), findings), findings


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise yaml.YAMLError(f"nested more than {DEEPEST} deep")


def _node(node: yaml.Node, seen: set[int], findings: list[Finding]) -> Node:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if id(node) in seen or node.tag.removeprefix("tag:yaml.org,2002:") not in _TAGS:
        findings.append(finding(rules.ALIAS, line, column, ""))
        return Node(None, line, column)
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return Node(_entries(node, seen, findings), line, column)
    if isinstance(node, yaml.SequenceNode):
        return Node(tuple(_node(part, seen, findings) for part in node.value), line, column)
    empty = node.tag.endswith(":null")
    return Node(None if empty else str(node.value), line, column)


def _entries(node: yaml.MappingNode, seen: set[int], findings: list[Finding]) -> dict[str, Node]:
    entries: dict[str, Node] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        if name in entries:
            mark = key.start_mark
            findings.append(
                finding(rules.DUPLICATE_KEY, mark.line + 1, mark.column + 1, name, key=name)
            )
        entries[name] = _node(value, seen, findings)
    return entries


def _unreadable(why: str) -> Finding:
    return finding(rules.UNREADABLE, 1, 1, "", why=why)
