"""Changes of the roster: events, imports and their undoing."""

import diagnose.web.changes.recording_pages
import diagnose.web.changes.views  # noqa: F401  # registers its pages
from diagnose.web.changes.blueprint import blueprint

__all__ = ["blueprint"]
