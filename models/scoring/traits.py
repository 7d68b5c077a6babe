"""What groups and answer quality are read from: answers as fractions of their full."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.scoring.blocks import in_blocks
from models.scoring.compiled import Compiled, Judged
from models.scoring.results import Traits
from models.scoring.rows import Rows
from models.standard import Standard
from questionnaires.sheets import Sheets


def read_traits(standard: Standard, compiled: Compiled, sheets: Sheets) -> Traits:
    """Traits of every sheet; see `Traits` for shapes."""
    ids = tuple(question.id for question in compiled.judged)
    items = np.empty((len(sheets), len(ids)), np.float32)
    features = np.empty((len(sheets), len(standard.features)), np.float32)
    members = [[ids.index(id_) for id_ in feature.questions] for feature in standard.features]

    def read(block: slice) -> None:
        rows = compiled.rows(sheets, block)
        fractions = np.array([_fractions(question, rows) for question in compiled.judged])
        items[block] = fractions.T
        for at, questions in enumerate(members):
            features[block, at] = _mean(fractions[questions])

    in_blocks(len(sheets), read)
    return Traits(
        item_ids=ids,
        items=items,
        steps=np.array([_values(question) for question in compiled.judged]),
        feature_ids=tuple(feature.id for feature in standard.features),
        features=features,
    )


def _fractions(question: Judged, rows: Rows) -> NDArray[np.float32]:
    ticks, answered = question.worth(rows)
    return np.where(answered, (ticks / question.full).astype(np.float32), np.float32(np.nan))


def _mean(items: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n,) the mean over the first axis of what is there, NaN where nothing is."""
    there = (~np.isnan(items)).sum(axis=0)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.nansum(items, axis=0) / there, np.float32)


def _values(question: Judged) -> int:
    """How many different fractions the question can take when answered."""
    sums = {0}
    for digit in question.digits:
        sums = {total + ticks for total in sums for ticks in digit.ticks[1:].tolist()}
    return len(sums)
