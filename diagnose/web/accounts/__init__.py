"""Coming in and going out: sign-in, activation, password, second factor."""

from diagnose.web.accounts import kind_names, opening, own, views  # noqa: F401  # they register
from diagnose.web.accounts.blueprint import blueprint

__all__ = ["blueprint"]
