"""Campaigns: a frozen list of firms, who signed it, and how far their diagnoses are."""

from diagnose.campaigns.finding import current_campaign

__all__ = ["current_campaign"]
