"""Codes and letters for the campaign's firms: who needs one, then the roster's own pages."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.campaigns.lists import awaited_firms
from diagnose.web.access import needs
from diagnose.web.campaigns.blueprint import blueprint
from diagnose.web.campaigns.operations import find_campaign
from diagnose.web.choosing import carried
from diagnose.web.database import records
from diagnose.web.fields import PlainForm
from diagnose.web.roster.inviting import sorted_by_account
from questionnaires.clock import today


@blueprint.get("/<int:campaign_id>/letters")
@needs(Capability.INVITE)
def letters(campaign_id: int) -> ResponseReturnValue:
    """How many firms of the list have no account in use, and the way to letters for them."""
    campaign = find_campaign(campaign_id)
    invited = sorted_by_account(records(), awaited_firms(records(), campaign, today()))
    return render_template(
        "campaigns/letters.html",
        campaign=campaign,
        invited=invited,
        fresh=carried(invited.fresh),
        all=carried(invited.firms(active=False)),
        form=PlainForm(formdata=None),
    )
