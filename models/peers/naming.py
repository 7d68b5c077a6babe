"""Names of groups from their profiles: the band of the level, and what stands out from it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from models.peers.phrases import bands, phrases
from questionnaires.text import LANGUAGES, Text

Floats = NDArray[np.float64]

CUTS = (-0.7, 0.0, 0.7)  # of the mean level, in standard deviations
MARKED = 0.35  # mean shape from which a feature stands out
MOST = 3  # features named on either side


def standing_out(shape: Floats, ids: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The features strong and weak for the group's level, the most marked first."""
    order = np.argsort(-shape, kind="stable")
    strong = tuple(ids[at] for at in order[:MOST] if shape[at] > MARKED)
    weak = tuple(ids[at] for at in order[::-1][:MOST] if shape[at] < -MARKED)
    return strong, weak


def name_groups(
    levels: Floats,
    marks: list[tuple[tuple[str, ...], tuple[str, ...]]],
    titles: Mapping[str, Text],
) -> list[Text]:
    """A name for each group: as few features as tell them apart, a number where none do."""
    short, full = (
        [_name(level, mark, titles, most) for level, mark in zip(levels, marks, strict=True)]
        for most in (1, MOST)
    )
    names = [full[at] if short.count(name) > 1 else name for at, name in enumerate(short)]
    return [_numbered(names, at) for at in range(len(names))]


def _name(
    level: float,
    mark: tuple[tuple[str, ...], tuple[str, ...]],
    titles: Mapping[str, Text],
    most: int,
) -> Text:
    words = phrases("name")
    band = bands()[int(np.searchsorted(CUTS, level))]
    for kind, ids in zip(("strong", "weak"), mark, strict=True):
        if ids:
            named = [titles.get(each, Text(each, each)) for each in ids[:most]]
            return words[kind].format(band=band, features=_listed(named, words["and"]))
    return words["even"].format(band=band)


def _listed(texts: list[Text], comma: Text) -> Text:
    zh, en = (comma.to(lang).join(_inside(each, lang) for each in texts) for lang in LANGUAGES)
    return Text(zh, en)


def _inside(text: Text, language: str) -> str:
    """A title as it reads within a name: no capital in English."""
    return text.zh if language == "zh" else text.en[:1].lower() + text.en[1:]


def _numbered(names: list[Text], at: int) -> Text:
    if names.count(names[at]) == 1:
        return names[at]
    number = names[: at + 1].count(names[at])
    return phrases("name")["numbered"].format(name=names[at], number=number)
