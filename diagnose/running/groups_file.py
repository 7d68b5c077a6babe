"""Peer groups fitted elsewhere, from a file."""

from __future__ import annotations

from pathlib import Path

import orjson

from diagnose.running.trouble import said
from models.peers import Grouping
from models.peers.exchange import NOT_GROUPS, GroupsInvalid
from questionnaires.text import Text

CANNOT_READ = Text(
    "分组文件“{path}”读不出：{problem}。", 'The file of groups "{path}" cannot be read: {problem}.'
)
NOT_JSON = Text(
    "“{path}”不是完整的 JSON，应为 diagnose run 写出的 groups.json",
    '"{path}" is not whole JSON; give a groups.json that diagnose run wrote',
)


def read_groups(path: Path) -> Grouping:
    """The groups in `path`; raises `GroupsInvalid` with a sentence on what is wrong."""
    try:
        return Grouping.from_json(orjson.loads(path.read_bytes()))
    except OSError as error:
        raise GroupsInvalid(CANNOT_READ.format(path=path, problem=said(error))) from error
    except orjson.JSONDecodeError as error:
        problem = NOT_JSON.format(path=path)
        raise GroupsInvalid(NOT_GROUPS.format(problem=problem)) from error
