"""A firm's project plan: adopt, postpone, reject, report progress."""

import diagnose.web.plans.views  # noqa: F401  # registers its pages
from diagnose.web.plans.blueprint import blueprint

__all__ = ["blueprint"]
