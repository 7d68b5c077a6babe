"""Targets by street: what each is to reach, and by when."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.campaigns.lists import count_by_street
from diagnose.campaigns.progress import targets_of
from diagnose.records import Campaign
from diagnose.web.access import needs
from diagnose.web.campaigns import operations
from diagnose.web.campaigns.blueprint import blueprint
from diagnose.web.campaigns.forms import TargetsForm, targets_form
from diagnose.web.campaigns.operations import find_campaign
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile

Part = tuple[int, str, int]
"""A street, its name, and how many firms of the list it has."""


@blueprint.route("/<int:campaign_id>/targets", methods=["GET", "POST"])
@needs(Capability.CAMPAIGNS)
def targets(campaign_id: int) -> ResponseReturnValue:
    """The streets of the frozen list; an empty field takes the campaign's own."""
    campaign = find_campaign(campaign_id)
    streets = count_by_street(records(), campaign)
    form = _form(campaign, streets)
    if not form.validate_on_submit():
        return _page(form, campaign, streets), 422 if form.errors else 200
    wanted = {number: _typed(form, number) for number, _name, _firms in streets}
    try:
        operations.set_targets(records(), campaign, wanted, form.edition.data or 0)
    except ChangedMeanwhile:
        campaign = find_campaign(campaign_id)
        form.reopen(campaign.edition)
        return _page(form, campaign, streets, elsewhere=True), 409
    flash(_("The targets are kept."), "good")
    return redirect(url_for(".show", campaign_id=campaign_id))


def _form(campaign: Campaign, streets: list[Part]) -> TargetsForm:
    kind = targets_form((number, name) for number, name, _firms in streets)
    held: dict[str, object] = {"edition": campaign.edition}
    for number, own in targets_of(records(), campaign).items():
        held |= {f"target_{number}": own.target, f"due_{number}": own.due_on}
    return kind(data=held)


def _typed(form: TargetsForm, street: int) -> tuple[float | None, date | None]:
    share, day = form.pair(street)
    return (float(share.data) if share.data else None), day.data


def _page(
    form: TargetsForm, campaign: Campaign, streets: list[Part], *, elsewhere: bool = False
) -> str:
    return render_template(
        "campaigns/targets.html", form=form, campaign=campaign, streets=streets, elsewhere=elsewhere
    )
