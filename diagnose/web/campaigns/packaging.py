"""Packages of a campaign: how far each is, and the way to fill them."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from diagnose.access import Capability
from diagnose.campaigns.packages import held_by, packages_of
from diagnose.web.access import needs
from diagnose.web.campaigns.blueprint import blueprint
from diagnose.web.campaigns.operations import find_campaign
from diagnose.web.database import records
from diagnose.workflow import MACHINE
from questionnaires.clock import today


@blueprint.get("/<int:campaign_id>/packages")
@needs(Capability.CAMPAIGNS)
def packages(campaign_id: int) -> ResponseReturnValue:
    """Each package with its provider, firms, states, load and conflicts."""
    campaign = find_campaign(campaign_id)
    found = packages_of(records(), campaign)
    waiting = sum(package.states.get("to_assign", 0) for package in found)
    return render_template(
        "campaigns/packages.html",
        campaign=campaign,
        day=today(),
        packages=found,
        held=held_by(records()),
        waiting=waiting,
        order=list(MACHINE.states),
    )
