"""Score answer sheets by a standard: points, parts, level, and why.

>>> scorer = Scorer(load_standard("sme-2024"), questionnaires.load("sme-2024"))
>>> scorer.score(sheets).level
"""

from models.scoring.reading import (
    StandardInvalid,
    StandardUnknown,
    load_standard,
    read_standard,
    standard_ids,
)
from models.scoring.scorer import Scorer

__all__ = [
    "Scorer",
    "StandardInvalid",
    "StandardUnknown",
    "load_standard",
    "read_standard",
    "standard_ids",
]
