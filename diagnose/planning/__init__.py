"""The plan of a diagnosis: filled from the roadmap, checked, and told as a roadmap again."""

from diagnose.planning.checking import Unmet, costs_in_order, unmet_needs
from diagnose.planning.following import Followed, follow

__all__ = ["Followed", "Unmet", "costs_in_order", "follow", "unmet_needs"]
