"""Campaigns: who is to be diagnosed by when."""

import diagnose.web.campaigns.letters
import diagnose.web.campaigns.packaging
import diagnose.web.campaigns.reminding
import diagnose.web.campaigns.sheets
import diagnose.web.campaigns.stages
import diagnose.web.campaigns.targets
import diagnose.web.campaigns.views  # noqa: F401  # registers its pages
from diagnose.web.campaigns.blueprint import blueprint

__all__ = ["blueprint"]
