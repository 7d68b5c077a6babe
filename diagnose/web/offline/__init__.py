"""The questionnaire as an Excel form: taken along, filled in, brought back."""

import diagnose.web.offline.views  # noqa: F401  # registers its pages
from diagnose.web.offline.blueprint import blueprint

__all__ = ["blueprint"]
