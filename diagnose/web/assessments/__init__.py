"""An assessment filled in by a firm: its facts, the questionnaire, review, submission."""

import diagnose.web.assessments.views  # noqa: F401  # registers its pages
from diagnose.web.assessments.blueprint import blueprint

__all__ = ["blueprint"]
