"""What a bulletin holds, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from questionnaires.text import Text

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a `note` is small print."""

    text: Text
    note: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `widths` are shares of the page, columns in `numbers` are aligned to the right."""

    title: Text
    heads: tuple[Text, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Text | str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Point:
    """A day of a curve: firms done and due; `planned` per cent, None without a plan."""

    day: date
    done: int
    due: int
    planned: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """Progress against plan, at the ends of months."""

    title: Text
    points: tuple[Point, ...]


Piece = Paragraph | Grid | Curve


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part."""

    title: Text
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One issue. `mark` stands on top of what is not for everybody; `recipients` at the end."""

    title: Text
    number: Text
    sender: Text
    dated: date
    sections: tuple[Section, ...]
    foreword: str = ""
    recipients: tuple[tuple[Text, Text], ...] = ()
    mark: Text | None = None
    fictional: bool = False


def heading(number: int, title: Text) -> Text:
    """The title of the part `number` (from 1) as Chinese offices and English readers count."""
    chinese = NUMERALS[number - 1] if number <= len(NUMERALS) else str(number)
    return Text(f"{chinese}、{title.zh}", f"{number}. {title.en}")


def day_of_issue(day: date) -> Text:
    """A date as it stands on a title block."""
    return Text(f"{day.year}年{day.month}月{day.day}日", f"{day:%Y-%m-%d}")
