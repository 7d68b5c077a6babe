"""A firm's own retrofit projects: contract, months, acceptance, figures."""

import diagnose.web.retrofits.views  # noqa: F401  # registers its pages
from diagnose.web.retrofits.blueprint import blueprint

__all__ = ["blueprint"]
