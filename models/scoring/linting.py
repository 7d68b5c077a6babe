"""The linter for authors of standards: every rule has a code, a place and a remedy."""

from __future__ import annotations

from pathlib import Path

import questionnaires
from models.scoring.examples import check_examples
from models.scoring.reading import parse_standard
from models.scoring.scorer import Scorer
from questionnaires.linting.findings import Finding

__all__ = ["Finding", "check_standard_file"]


def check_standard_file(path: Path | str) -> list[Finding]:
    """What is wrong with a standard's file, in the order of its lines; empty if nothing is.

    Of a standard without faults the worked examples are judged too, where there are any: the file
    of the same name in the folder `examples` beside it. Their findings are placed `examples.…`,
    with the lines of that file.
    """
    path = Path(path)
    standard, findings = parse_standard(path)
    examples = path.parent / "examples" / path.name
    if standard is None or not examples.exists():
        return findings
    scorer = Scorer(standard, questionnaires.load(standard.questionnaire))
    return check_examples(scorer, examples)
