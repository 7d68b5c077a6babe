"""The project pool of the district, from suggestion to effect."""

import diagnose.web.pool.counting
import diagnose.web.pool.following
import diagnose.web.pool.planning
import diagnose.web.pool.views  # noqa: F401  # each registers its pages
from diagnose.web.pool.blueprint import blueprint

__all__ = ["blueprint"]
