"""The questionnaire as an Excel form: taken along, filled in without a network, brought back.

`write_form` and `read_form` undo each other; `differences` tells what a form would change.
"""

from questionnaires.offline.comparing import Difference, differences
from questionnaires.offline.layout import FormFirm
from questionnaires.offline.reading import FormProblem, FormReading, FormRefused, read_form
from questionnaires.offline.writing import write_form

__all__ = [
    "Difference",
    "FormFirm",
    "FormProblem",
    "FormReading",
    "FormRefused",
    "differences",
    "read_form",
    "write_form",
]
