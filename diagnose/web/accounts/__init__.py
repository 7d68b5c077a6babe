"""Coming in and going out: sign-in, activation, password, second factor."""

import diagnose.web.accounts.views  # noqa: F401  # registers its pages
from diagnose.web.accounts.blueprint import blueprint

__all__ = ["blueprint"]
