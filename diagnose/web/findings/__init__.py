"""Findings: fact, evidence, effect, cause."""

import diagnose.web.findings.views  # noqa: F401  # registers its pages
from diagnose.web.findings.blueprint import blueprint

__all__ = ["blueprint"]
