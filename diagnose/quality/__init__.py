"""How good a report is: the score by criteria, red items, likeness to others. Pure."""

from diagnose.quality.scoring import Facts, Quality, Share, quality_from, score

__all__ = ["Facts", "Quality", "Share", "quality_from", "score"]
