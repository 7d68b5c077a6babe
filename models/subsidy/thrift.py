"""No money for nothing: what brings a firm no more than a cheaper portfolio is given back."""

from __future__ import annotations

import numpy as np

from models.subsidy.exact import Choice
from models.subsidy.limits import Rows
from models.subsidy.portfolios import Hulls

_TINY = 1e-9


def give_back(hulls: Hulls, rows: Rows, choice: Choice) -> Choice:
    """The same gain with less money, as far as no group falls below its floor."""
    as_good = np.flatnonzero(hulls.gain >= choice.gain[hulls.owner] - _TINY)
    owner, first = np.unique(hulls.owner[as_good], return_index=True)
    assert len(owner) == len(choice.mask)
    at = as_good[first]
    spare = choice.grant - hulls.grant[at]
    spent = choice.grant @ rows.inside[rows.kind]
    back = np.zeros(len(spare), bool)
    for firm in np.argsort(-spare, kind="stable")[: int((spare > 0).sum())].tolist():
        inside = rows.inside[rows.kind[firm]]
        less = spent - spare[firm]
        if (less[inside] >= rows.least[inside]).all():
            back[firm] = True
            spent = np.where(inside, less, spent)
    return Choice(
        np.where(back, hulls.mask[at], choice.mask),
        np.where(back, hulls.grant[at], choice.grant),
        np.where(back, hulls.gain[at], choice.gain),
        choice.bound,
    )
