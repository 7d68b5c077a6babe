"""How good a report is: the score by criteria, red items, likeness to others. Pure."""

from diagnose.quality.scoring import Facts, Quality, Share, score
from diagnose.quality.similarity import likeness, own_words

__all__ = ["Facts", "Quality", "Share", "likeness", "own_words", "score"]
