"""Open sheets of a campaign's firms and the version of the questionnaire they rest on."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.campaigns.sheets import drafts_behind, drafts_by_version, move_drafts
from diagnose.web.access import actor, needs
from diagnose.web.campaigns.blueprint import blueprint
from diagnose.web.campaigns.operations import find_campaign
from diagnose.web.database import records
from diagnose.web.fields import PlainForm
from questionnaires.versions import compare, load_version


@blueprint.route("/<int:campaign_id>/sheets", methods=["GET", "POST"])
@needs(Capability.CAMPAIGNS)
def sheets(campaign_id: int) -> ResponseReturnValue:
    """What a newer version changes, and the drafts that may be moved to it; no answer is shown."""
    campaign, form = find_campaign(campaign_id), PlainForm()
    if form.validate_on_submit():
        moved, left = move_drafts(records(), actor(), campaign)
        said = _("%(moved)s sheets moved, %(left)s left as they were.", moved=moved, left=left)
        flash(said, "good" if moved else "info")
        return redirect(url_for(".sheets", campaign_id=campaign_id))
    versions = drafts_by_version(records(), campaign)
    after = load_version(campaign.questionnaire, campaign.questionnaire_version)
    differences = {
        version: compare(before, after)
        for version in versions
        if version != campaign.questionnaire_version
        and after is not None
        and (before := load_version(campaign.questionnaire, version)) is not None
    }
    page = render_template(
        "campaigns/sheets.html",
        campaign=campaign,
        versions=versions,
        differences=differences,
        behind=drafts_behind(records(), campaign),
        form=form,
    )
    return page, 400 if form.errors else 200
