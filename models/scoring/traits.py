"""What groups and answer quality are read from: answers as fractions of their full."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.scoring.compiled import Compiled, Judged
from models.scoring.results import Traits
from models.standard import Standard
from questionnaires.sheets import Sheets


def read_traits(standard: Standard, compiled: Compiled, sheets: Sheets) -> Traits:
    """Traits of every sheet; see `Traits` for shapes."""
    judged = compiled.items + compiled.scenes
    ids = tuple(question.id for question in judged)
    items = np.empty((len(judged), len(sheets)), np.float32)
    for at, question in enumerate(judged):
        items[at] = _fractions(question, sheets)
    place = {id_: at for at, id_ in enumerate(ids)}
    features = np.empty((len(standard.features), len(sheets)), np.float32)
    for at, feature in enumerate(standard.features):
        features[at] = _mean(items[[place[question] for question in feature.questions]])
    return Traits(
        item_ids=ids,
        items=items.T,
        steps=np.array([_values(question) for question in judged]),
        feature_ids=tuple(feature.id for feature in standard.features),
        features=np.ascontiguousarray(features.T),
    )


def _fractions(question: Judged, sheets: Sheets) -> NDArray[np.float32]:
    ticks, answered = question.points(sheets, slice(None))
    return np.where(answered, ticks / question.full, np.nan).astype(np.float32)


def _mean(items: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n,) the mean over the first axis of what is there, NaN where nothing is."""
    there = (~np.isnan(items)).sum(axis=0)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.nansum(items, axis=0) / there, np.float32)


def _values(question: Judged) -> int:
    """How many different fractions the question can take when answered."""
    sums = {0}
    for digit in question.digits:
        worth = set(digit.ticks[1:].tolist() if digit.first else digit.ticks.tolist())
        sums = {total + ticks for total in sums for ticks in worth}
    return len(sums)
