"""What a campaign does not allow."""

from __future__ import annotations

from questionnaires.text import Text


class CampaignRefused(Exception):  # names what the officer meets
    """It cannot be done; `message` says why and what to do first."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message
