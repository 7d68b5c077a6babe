"""What the bureau gives out: the monthly bulletin and published statistics.

`counting` takes the district apart, `gathering` collects a month's figures, `publishing` decides
what of them may leave the house given what was given out before (models.disclosure), `telling`
puts them into words, and `issuing` freezes an issue with its files.
"""

from diagnose.bulletins.gathering import gather
from diagnose.bulletins.issuing import (
    IssueRefused,
    draft_bulletin,
    edit_foreword,
    issue_bulletin,
    refuse_too_soon,
    release_statistics,
)
from diagnose.bulletins.publishing import LEAST, Publishable, decide
from diagnose.bulletins.ratings import Liking, count_ratings, low_ratings

__all__ = [
    "LEAST",
    "IssueRefused",
    "Liking",
    "Publishable",
    "count_ratings",
    "decide",
    "draft_bulletin",
    "edit_foreword",
    "gather",
    "issue_bulletin",
    "low_ratings",
    "refuse_too_soon",
    "release_statistics",
]
