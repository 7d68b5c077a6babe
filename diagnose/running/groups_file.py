"""Peer groups fitted elsewhere, from a file."""

from __future__ import annotations

from pathlib import Path

import orjson

from models.peers import Grouping
from models.peers.exchange import NOT_GROUPS, GroupsInvalid


def read_groups(path: Path) -> Grouping:
    """The groups in `path`; raises `GroupsInvalid` with a sentence on what is wrong."""
    try:
        return Grouping.from_json(orjson.loads(path.read_bytes()))
    except (OSError, orjson.JSONDecodeError) as error:
        raise GroupsInvalid(NOT_GROUPS.format(problem=f"{path}: {error}")) from error
