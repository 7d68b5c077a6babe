"""Reviews of reports: who reviews, with which marks, and how a review ends."""

from diagnose.reviewing.assigning import ReviewerRefused, assign
from diagnose.reviewing.deciding import DecisionRefused, accept, return_

__all__ = ["DecisionRefused", "ReviewerRefused", "accept", "assign", "return_"]
