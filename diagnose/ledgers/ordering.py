"""A bureau's own columns of a ledger: a file that says which, in which order, under what heading.

    columns:
      - {id: name, title: 单位名称}      a column of the ledger, under the bureau's own heading
      - {id: uscc}                       … under its usual one
      - {title: 所属区, constant: 江岸区}  a column that holds the same in every row

Columns that are not named are left out. A district's file stands in a folder of its name; a file
beside these folders counts for every district that has none of its own.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from diagnose.ledgers.reading import Ledger
from questionnaires.normal import clean_line, shown
from questionnaires.text import Text

FOLDER = "ledgers"
LARGEST = 64 << 10  # bytes of a file
LONGEST = 100
LONGEST_FOLDER = 60  # characters; a name of a file has at most 255 bytes
MOST = 120
KEYS = ("id", "title", "constant")

NOT_YAML = Text("不是有效的 YAML：{why}", "This is not valid YAML: {why}")
TOO_LARGE = Text("文件超过 {size} KB。", "The file is larger than {size} KB.")
NO_COLUMNS = Text(
    "缺少“columns:”，下面每行一列。", 'There is no "columns:" with one column a line below it.'
)
NOT_A_COLUMN = Text(
    "“{value}”不是一列，请写成 {{id: …}} 或 {{title: …, constant: …}}。",
    '"{value}" is no column; write {{id: …}} or {{title: …, constant: …}}.',
)
UNKNOWN_KEY = Text(
    "不认识“{value}”，可以写 id、title、constant。",
    '"{value}" is not known; there are id, title and constant.',
)
UNKNOWN_COLUMN = Text("这本台账没有列“{value}”。", 'This ledger has no column called "{value}".')
TWICE = Text("列“{value}”已经写过一次。", 'The column "{value}" is named a second time.')
NO_TITLE = Text("固定内容的列要有标题（title）。", "A constant column needs a heading (title).")
TOO_LONG = Text(
    "标题和固定内容最多 {most} 个字。", "Headings and constants have at most {most} characters."
)
NONE_LEFT = Text("至少要有一列。", "There has to be one column at least.")
TOO_MANY = Text("最多 {most} 列。", "At most {most} columns.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A column as a bureau wants it: the ledger's `id`, or `constant` text where that is ''.

    `title` is its own heading, '' for the usual one.
    """

    id: str = ""
    title: str = ""
    constant: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file: the line it stands in, the reason."""

    line: int
    reason: Text


class OrderInvalid(Exception):  # names what the bureau meets
    """A file of columns has faults, by line; nothing else is used in its place."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.line}: {fault.reason.en}" for fault in faults))
        self.faults = tuple(faults)


def usual_order(ledger: Ledger) -> tuple[Shown, ...]:
    """The ledger's own columns."""
    return tuple(Shown(id_) for id_ in ledger.columns)


def own_order(instance: Path, district: str, ledger: Ledger) -> tuple[Shown, ...] | None:
    """The district's columns, or those of all districts; None where neither has a file.

    Raises `OrderInvalid`.
    """
    for path in (_path(instance, district, ledger), instance / FOLDER / _file(ledger)):
        with suppress(FileNotFoundError):
            return read_order(ledger, path.read_bytes())
    return None


def read_order(ledger: Ledger, content: bytes) -> tuple[Shown, ...]:
    """The columns that a file names; raises `OrderInvalid` with every fault."""
    faults, found = list[Fault](), list[Shown]()
    for node in _nodes(content):
        column = _column(ledger, node, faults)
        if column is None:
            continue
        if column.id and any(each.id == column.id for each in found):
            faults.append(_fault(node, TWICE, column.id))
        found.append(column)
    if not found and not faults:
        faults.append(Fault(1, NONE_LEFT))
    if len(found) > MOST:
        faults.append(Fault(1, TOO_MANY.format(most=MOST)))
    if faults:
        raise OrderInvalid(faults)
    return tuple(found)


def write_order(ledger: Ledger, columns: Sequence[Shown]) -> bytes:
    """The file that names these columns; `read_order` gives them back."""
    lines = [f"# {ledger.number} {ledger.title.zh} · {ledger.title.en}", "columns:"]
    for each in columns:
        said = {name: getattr(each, name) for name in KEYS if getattr(each, name)}
        if not each.id:
            said["constant"] = each.constant
        flow = yaml.safe_dump(said, allow_unicode=True, default_flow_style=True, sort_keys=False)
        lines.append(f"  - {' '.join(flow.split())}")
    return ("\n".join(lines) + "\n").encode()


def keep_order(instance: Path, district: str, ledger: Ledger, content: bytes) -> None:
    """Keep a district's file, whole; raises `OrderInvalid` and then writes nothing."""
    read_order(ledger, content)
    path = _path(instance, district, ledger)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def drop_order(instance: Path, district: str, ledger: Ledger) -> None:
    """Go back to the columns of all districts."""
    _path(instance, district, ledger).unlink(missing_ok=True)


def folder_of(district: str) -> str:
    """The name of a district's folder: its own, or one made of it where no folder may bear it."""
    plain = "".join(sign if sign.isalnum() else "_" for sign in district)[:LONGEST_FOLDER]
    if plain and plain == district:
        return plain
    return f"{plain}-{sha256(district.encode()).hexdigest()[:8]}"


def _path(instance: Path, district: str, ledger: Ledger) -> Path:
    return instance / FOLDER / folder_of(district) / _file(ledger)


def _file(ledger: Ledger) -> str:
    return f"{ledger.id}.yaml"


def _nodes(content: bytes) -> Iterator[yaml.Node]:
    """The entries below `columns:`, each knowing its line."""
    if len(content) > LARGEST:
        raise OrderInvalid([Fault(1, TOO_LARGE.format(size=LARGEST >> 10))])
    try:
        root = yaml.compose(content.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or type(error).__name__
        raise OrderInvalid(
            [Fault(mark.line + 1 if mark else 1, NOT_YAML.format(why=why))]
        ) from None
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    held = next((value for key, value in pairs if key.value == "columns"), None)
    if not isinstance(held, yaml.SequenceNode):
        raise OrderInvalid([Fault(1, NO_COLUMNS)])
    yield from held.value


def _column(ledger: Ledger, node: yaml.Node, faults: list[Fault]) -> Shown | None:
    said = _said(node, faults)
    if said is None:
        return None
    before = len(faults)
    unknown = sorted(said.keys() - set(KEYS))
    faults.extend(_fault(node, UNKNOWN_KEY, name) for name in unknown)
    if "id" in said and said["id"] not in ledger.columns:
        faults.append(_fault(node, UNKNOWN_COLUMN, said["id"]))
    if "id" not in said and not said.get("title"):
        faults.append(Fault(node.start_mark.line + 1, NO_TITLE))
    if any(len(value) > LONGEST for value in said.values()):
        faults.append(Fault(node.start_mark.line + 1, TOO_LONG.format(most=LONGEST)))
    if len(faults) > before:
        return None
    return Shown(**{name: clean_line(value) for name, value in said.items()})


def _said(node: yaml.Node, faults: list[Fault]) -> dict[str, str] | None:
    plain = isinstance(node, yaml.MappingNode) and all(
        isinstance(part, yaml.ScalarNode) for pair in node.value for part in pair
    )
    if not plain or not node.value:
        faults.append(_fault(node, NOT_A_COLUMN, _text(node)))
        return None
    return {key.value: value.value for key, value in node.value}


def _text(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else "…"


def _fault(node: yaml.Node, reason: Text, value: Any) -> Fault:
    return Fault(node.start_mark.line + 1, reason.format(value=shown(value)))
