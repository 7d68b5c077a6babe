"""The visit: its agenda, its record, its signed paper."""

import diagnose.web.visits.views  # noqa: F401  # registers its pages
from diagnose.web.visits.blueprint import blueprint

__all__ = ["blueprint"]
