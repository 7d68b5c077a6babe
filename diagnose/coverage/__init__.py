"""Dynamic coverage: how many above-scale firms hold a valid accepted report, honestly counted."""

from diagnose.coverage.counting import BY, Coverage, Tally, count_coverage
from diagnose.coverage.exclusions import Exclusion, list_exclusions

__all__ = ["BY", "Coverage", "Exclusion", "Tally", "count_coverage", "list_exclusions"]
