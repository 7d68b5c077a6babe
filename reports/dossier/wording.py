"""Numbers and lists in words: points as they are, shares floored, money in both currencies."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor

from questionnaires.text import LANGUAGES, Text

_MILLION = 100.0  # 万元
_FIVE_DIGITS = 10_000


def number(value: float) -> str:
    """A number with at most three decimals and no trailing zeros: 39.95 stays 39.95.

    Thousands are set apart from five digits on, so that a year reads 2012.
    """
    grouped = "," if abs(value) >= _FIVE_DIGITS else ""
    return f"{value:{grouped}.3f}".rstrip("0").rstrip(".")


def percent(part: float, whole: float) -> str:
    """`part` of `whole` in per cent, floored to one decimal so that 99.96 never reads 100."""
    return number(floor(part / whole * 1000 + 1e-9) / 10) if whole else "0"


def money(amount: float) -> Text:
    """An amount given in 万元, in 万元 and in yuan."""
    if abs(amount) >= _MILLION:
        english = f"CNY {number(round(amount / _MILLION, 2))} million"
    else:
        english = f"CNY {number(round(amount * 10_000))}"
    return Text(f"{number(round(amount, 1))} 万元", english)


def money_range(low: float, high: float) -> Text:
    """A range of amounts given in 万元, its unit said once."""
    if low == high:
        return money(low)
    if high >= _MILLION:
        english = f"{number(round(low / _MILLION, 2))}–{number(round(high / _MILLION, 2))} million"
    else:
        english = f"{number(round(low * 10_000))}–{number(round(high * 10_000))}"
    return Text(f"{number(round(low, 1))}–{number(round(high, 1))} 万元", f"CNY {english}")


def small_share(part: float, whole: float) -> str:
    """A small share in per cent, to two decimals."""
    return number(round(part / whole * 100, 2))


def joined(parts: Iterable[Text], separator: Text) -> Text:
    """The parts in one text, each in its own language."""
    parts = tuple(parts)
    return Text(*(separator.to(lang).join(part.to(lang) for part in parts) for lang in LANGUAGES))


def sentences(*parts: Text) -> Text:
    """Whole sentences, one after the other."""
    return joined((part for part in parts if part.zh), Text("", " "))


def plain(value: object) -> Text:
    """A value that reads the same in both languages."""
    return Text(str(value), str(value))
