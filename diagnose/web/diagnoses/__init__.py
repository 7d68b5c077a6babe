"""Every diagnosis of the district: assignment, states, reminders, acceptance."""

import diagnose.web.diagnoses.assigning
import diagnose.web.diagnoses.exporting
import diagnose.web.diagnoses.reminding
import diagnose.web.diagnoses.reporting
import diagnose.web.diagnoses.views  # noqa: F401  # each registers its pages
from diagnose.web.diagnoses.blueprint import blueprint

__all__ = ["blueprint"]
