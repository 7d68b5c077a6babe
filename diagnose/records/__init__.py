"""Tables of the database, by noun (maturity and statistical models live in `models`)."""

from diagnose.records.answer import Answer, Known, answer_row
from diagnose.records.assessment import Assessment, Status
from diagnose.records.database import connect
from diagnose.records.firm import Firm, FirmEntry, FirmFacts
from diagnose.records.judgement import Judgement
from diagnose.records.migrating import upgrade

__all__ = [
    "Answer",
    "Assessment",
    "Firm",
    "FirmEntry",
    "FirmFacts",
    "Judgement",
    "Known",
    "Status",
    "answer_row",
    "connect",
    "upgrade",
]
