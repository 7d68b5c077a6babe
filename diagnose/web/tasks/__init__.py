"""Tasks: who answers for what by when."""

import diagnose.web.tasks.importing
import diagnose.web.tasks.letters
import diagnose.web.tasks.listing
import diagnose.web.tasks.views  # noqa: F401  # registers its pages
from diagnose.web.tasks.blueprint import blueprint

__all__ = ["blueprint"]
