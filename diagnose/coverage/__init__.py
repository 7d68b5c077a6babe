"""Dynamic coverage: how many above-scale firms hold a valid accepted report, honestly counted."""

from diagnose.coverage.counting import BY, Coverage, Tally, count_coverage

__all__ = ["BY", "Coverage", "Tally", "count_coverage"]
