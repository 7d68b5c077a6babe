"""Where public money helps most."""

import diagnose.web.subsidies.views  # noqa: F401  # registers its pages
from diagnose.web.subsidies.blueprint import blueprint

__all__ = ["blueprint"]
