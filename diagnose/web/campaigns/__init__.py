"""Campaigns: who is to be diagnosed by when."""

import diagnose.web.campaigns.views  # noqa: F401  # registers its pages
from diagnose.web.campaigns.blueprint import blueprint

__all__ = ["blueprint"]
