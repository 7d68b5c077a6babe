"""Where public money helps most: which firms and projects to pay for, with proof and reasons.

>>> plan = plan_grants(candidates, Grants.flat(1000, rate=0.3, cap=30), Limits.of(2_000, 1000))
>>> plan.chosen.total, plan.gap
"""

from models.subsidy.candidates import MOST_PROJECTS, Candidates, Grants
from models.subsidy.limits import FloorsOutOfReach, Limits
from models.subsidy.planning import plan_grants
from models.subsidy.results import Chosen, Explained, GrantPlan, Reason

__all__ = [
    "MOST_PROJECTS",
    "Candidates",
    "Chosen",
    "Explained",
    "FloorsOutOfReach",
    "GrantPlan",
    "Grants",
    "Limits",
    "Reason",
    "plan_grants",
]
