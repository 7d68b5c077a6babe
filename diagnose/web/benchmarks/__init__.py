"""Benchmark projects, their copies, and solution sets by industry."""

import diagnose.web.benchmarks.district
import diagnose.web.benchmarks.naming
import diagnose.web.benchmarks.views  # noqa: F401  # registers its pages
from diagnose.web.benchmarks.blueprint import blueprint

__all__ = ["blueprint"]
