"""What a campaign does not allow."""

from __future__ import annotations

from diagnose.refusing import Refused


class CampaignRefused(Refused):
    """It cannot be done; `message` says why and what to do first."""
