"""Coverage: how many above-scale firms are diagnosed, honestly counted, on any day."""

from diagnose.coverage.counting import BY, Coverage, Frozen, Tally, count_coverage
from diagnose.coverage.figures import Figures, figures_of
from diagnose.coverage.panel import Panel, panel_of

__all__ = [
    "BY",
    "Coverage",
    "Figures",
    "Frozen",
    "Panel",
    "Tally",
    "count_coverage",
    "figures_of",
    "panel_of",
]
