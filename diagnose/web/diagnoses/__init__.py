"""Every diagnosis of the district: assignment, states, reminders, acceptance."""

import diagnose.web.diagnoses.views  # noqa: F401  # registers its pages
from diagnose.web.diagnoses.blueprint import blueprint

__all__ = ["blueprint"]
