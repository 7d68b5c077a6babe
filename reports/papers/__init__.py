"""Papers to be signed by hand: the record of a visit, the promise of confidentiality."""

from reports.papers.model import Checked, Difference, Pair, Present, Promise, Record
from reports.papers.promise import render_promise
from reports.papers.record import render_record

__all__ = [
    "Checked",
    "Difference",
    "Pair",
    "Present",
    "Promise",
    "Record",
    "render_promise",
    "render_record",
]
