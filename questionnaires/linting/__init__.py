"""The linter for authors of questionnaires: every rule has a code, a place and a remedy."""

from __future__ import annotations

from pathlib import Path

from questionnaires.linting.build import Builder
from questionnaires.linting.findings import Finding
from questionnaires.model import Questionnaire

__all__ = ["Finding", "check_file", "parse_file"]


def check_file(path: Path | str) -> list[Finding]:
    """What is wrong with a questionnaire file, in the order of its lines; empty if nothing is."""
    return parse_file(path)[1]


def parse_file(path: Path | str) -> tuple[Questionnaire | None, list[Finding]]:
    """The questionnaire, None where there are findings, and the findings."""
    builder = Builder()
    return builder.parse(path, builder.questionnaire)
