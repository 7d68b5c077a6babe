"""Whether the service is well."""

import diagnose.web.health.views  # noqa: F401  # registers its pages
from diagnose.web.health.blueprint import blueprint

__all__ = ["blueprint"]
