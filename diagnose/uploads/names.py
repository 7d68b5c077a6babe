"""The name under which a file is shown and handed out again; never used as a path."""

from __future__ import annotations

import re
from collections.abc import Sequence

from questionnaires.normal import clean_line

LONGEST = 120
_SEPARATORS = re.compile(r'[\\/:*?"<>|]+')


def proper_name(given: str, suffixes: Sequence[str]) -> str:
    """The last part of a name as given, cleaned and cut, with a suffix that fits its content.

    Controls and marks that reverse the direction of writing go; so does what no file system keeps.
    """
    last = re.split(r"[\\/]", given)[-1]
    name = _SEPARATORS.sub("_", clean_line(last)).strip(". ")
    stem, dot, suffix = name.rpartition(".")
    if not dot or f".{suffix.lower()}" not in suffixes:
        stem, suffix = name, suffixes[0][1:]
    return f"{stem[:LONGEST].rstrip('. ') or '文件'}.{suffix}"
