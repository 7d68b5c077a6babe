"""Where lines of Chinese and Latin text break.

Greedy lines with the prohibitions of Chinese composition (kinsoku): no closing mark at the start
of a line, no opening mark at its end, Latin words and numbers whole. A word longer than the line
is cut where the line ends. A last line of one or two characters borrows from the line above.

Widths come as running sums in thousandths of the size: `sums[i]` is the width of `text[:i]`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from reports.lettering.faces import Face

NO_START = frozenset("，。、；：！？）》」』】〕〉〗’”…—·％%℃°,.;:!?)]}>‰〜～・ー々²³\u00a0")
NO_END = frozenset("（《「『【〔〈〖‘“￥$#([{<")
AFTER_WITHIN_WORD = frozenset("-/_@&=+")
CJK_FROM = "\u2e80"
SHORTEST_TAIL = 3


class Line(NamedTuple):
    """The slice of the text that a line shows, and its width in thousandths of the size."""

    start: int
    end: int
    width: int


def break_lines(text: str, sums: Sequence[int], limit: float) -> list[Line]:
    """Break `text` into lines at most `limit` thousandths wide; newlines are kept.

    Only a single character wider than the limit can exceed it.
    """
    lines: list[Line] = []
    start = 0
    while True:
        stop = text.find("\n", start)
        lines += _paragraph(text, start, len(text) if stop < 0 else stop, sums, limit)
        if stop < 0:
            return lines
        start = stop + 1


def balanced(text: str, sums: Sequence[int], limit: float) -> list[Line]:
    """Lines as few as `break_lines` needs and as even as they can be: for headings."""
    best = break_lines(text, sums, limit)
    low, high = limit / 2, limit
    for _ in range(5 if len(best) > 1 else 0):
        middle = (low + high) / 2
        tried = break_lines(text, sums, middle)
        if len(tried) <= len(best):
            high, best = middle, tried
        else:
            low = middle
    return best


def shorten(text: str, face: Face, limit: float) -> str:
    """`text` on one line, its end an ellipsis where it is wider than `limit` thousandths."""
    sums = face.running_widths(text)
    if sums[-1] <= limit:
        return text
    keep = bisect_right(sums, limit - face.widths["…"]) - 1
    return text[: max(keep, 0)].rstrip() + "…"


def breakable(text: str, at: int) -> bool:
    """Whether a line may end before `text[at]`."""
    before, after = text[at - 1], text[at]
    if after == " ":
        return False
    if before == " ":
        return True
    if after in NO_START or before in NO_END:
        return False
    if before >= CJK_FROM or after >= CJK_FROM:
        return True
    return before in AFTER_WITHIN_WORD and after.isalpha()


def _paragraph(text: str, start: int, stop: int, sums: Sequence[int], limit: float) -> list[Line]:
    if sums[stop] - sums[start] <= limit:
        return [Line(start, stop, sums[stop] - sums[start])]
    lines = []
    for end in _ends(text, start, stop, sums, limit):
        shown = end
        while shown > start and text[shown - 1] == " ":
            shown -= 1
        lines.append(Line(start, shown, sums[shown] - sums[start]))
        start = end
    return lines


def _ends(text: str, start: int, stop: int, sums: Sequence[int], limit: float) -> list[int]:
    first, ends = start, []
    while True:
        end = bisect_right(sums, sums[start] + limit, start + 1, stop + 1) - 1
        end = max(end, start + 1)
        while end < stop and text[end] == " ":
            end += 1
        if end >= stop:
            break
        start = _back(text, start, end)
        ends.append(start)
    if ends and stop - start < SHORTEST_TAIL:
        lent = _lend(text, ends[-2] if len(ends) > 1 else first, ends[-1], stop)
        if sums[stop] - sums[lent] <= limit:
            ends[-1] = lent
    return [*ends, stop]


def _back(text: str, start: int, end: int) -> int:
    """The last place at or before `end` where the line may end; `end` itself where there is none.

    A run of prohibited places never shortens a line to nothing.
    """
    at = end
    while at > start and not breakable(text, at):
        at -= 1
    return at if at > start else end


def _lend(text: str, start: int, end: int, stop: int) -> int:
    """A line end before `end` that leaves the last line long enough, or `end`."""
    at = stop - SHORTEST_TAIL
    least = start + (end - start) // 2
    while at > least and not breakable(text, at):
        at -= 1
    return at if at > least else end
