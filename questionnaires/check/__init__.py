"""Every way in: raw answers are understood, bounded and routed here, and nowhere else."""

from questionnaires.check.answers import Checked, check_answer, check_answers
from questionnaires.check.rows import check_rows
from questionnaires.reading import RawSheet, Reading, Rejection

__all__ = [
    "Checked",
    "RawSheet",
    "Reading",
    "Rejection",
    "check_answer",
    "check_answers",
    "check_rows",
]
