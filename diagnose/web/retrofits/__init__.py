"""A firm's own retrofit projects: contract, months, acceptance, figures."""

import diagnose.web.retrofits.accepting
import diagnose.web.retrofits.declaring
import diagnose.web.retrofits.figures
import diagnose.web.retrofits.views  # noqa: F401  # each registers its pages
from diagnose.web.retrofits.blueprint import blueprint

__all__ = ["blueprint"]
