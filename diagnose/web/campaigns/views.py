"""Campaigns of the district: the list, each one's page, and what it says of itself."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from diagnose.access import Capability
from diagnose.campaigns.finding import campaigns_of
from diagnose.campaigns.lights import rules
from diagnose.campaigns.opening import count_lacking
from diagnose.campaigns.progress import in_all, street_table
from diagnose.campaigns.sheets import drafts_behind
from diagnose.coverage import count_coverage, panel_of
from diagnose.coverage.assessed import count, frozen_list
from diagnose.coverage.counting import tenths
from diagnose.coverage.treatment import TREATMENT
from diagnose.reading import QUESTIONNAIRE, STANDARD, questionnaire
from diagnose.records import Campaign, CampaignEntry, CampaignStage
from diagnose.web.access import me, needs
from diagnose.web.campaigns import operations
from diagnose.web.campaigns.blueprint import blueprint
from diagnose.web.campaigns.forms import CampaignForm, SignForm, StepForm
from diagnose.web.campaigns.operations import find_campaign
from diagnose.web.coverage.choosing import Chosen
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.languages import told
from models.scoring import load_standard
from questionnaires.clock import today
from questionnaires.versions import versions_of

STAGES = {
    CampaignStage.DRAFT: _l("draft"),
    CampaignStage.OPEN: _l("running"),
    CampaignStage.CLOSED: _l("concluded"),
}
LIGHTS = {
    "green": _l("green: on time"),
    "yellow": _l("yellow: a little behind"),
    "red": _l("red: far behind"),
    "grey": _l("not due yet"),
}
FIXED = ("base_on", "opens_on")
"""What an open campaign keeps: the list and the line it is measured by rest on them."""


@blueprint.app_template_global("campaign_stage")
def stage_title(stage: str) -> str:
    """What a stage is called."""
    return str(STAGES[CampaignStage(stage)])


@blueprint.app_template_global("light_title")
def light_title(light: str) -> str:
    """What a light means."""
    return str(LIGHTS[light])


@blueprint.get("/")
@needs(Capability.CAMPAIGNS)
def index() -> ResponseReturnValue:
    """All campaigns of the district."""
    session, district, day = records(), me().district, today()
    found = campaigns_of(session, district)
    panel = panel_of(session, district)
    running = [each for each in found if each.stage == CampaignStage.OPEN]
    done = {
        each.id: count(panel, frozen_list(session, panel, each), day.toordinal())
        for each in running
    }
    return render_template(
        "campaigns/index.html", campaigns=found, day=day, done=done, tenths=tenths
    )


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Capability.CAMPAIGNS)
def new() -> ResponseReturnValue:
    """Plan a campaign."""
    year = today().year
    form = _form(CampaignForm(data=_usual(year)))
    if not form.validate_on_submit():
        return _form_page(form, None), 422 if form.errors else 200
    try:
        campaign = operations.add(records(), _entry(form), form.standards.data)
    except operations.NameTaken:
        _name_taken(form)
        return _form_page(form, None), 422
    flash(_("The campaign is planned. Freeze its list next."), "good")
    return redirect(url_for(".show", campaign_id=campaign.id))


@blueprint.get("/<int:campaign_id>")
@needs(Capability.CAMPAIGNS)
def show(campaign_id: int) -> ResponseReturnValue:
    """One campaign: where it stands, how far its streets are, what comes next."""
    return page_of(find_campaign(campaign_id))


@blueprint.route("/<int:campaign_id>/edit", methods=["GET", "POST"])
@needs(Capability.CAMPAIGNS)
def edit(campaign_id: int) -> ResponseReturnValue:
    """Change what a campaign says of itself; once it is open, not what its list rests on."""
    campaign = find_campaign(campaign_id)
    held = {name: getattr(campaign, name) for name in (*CampaignEntry.model_fields, "standards")}
    form = _form(CampaignForm(data=held | {"edition": campaign.edition}))
    if not form.validate_on_submit():
        return _form_page(form, campaign), 422 if form.errors else 200
    changes = _entry(form).model_dump() | {"standards": form.standards.data}
    if campaign.stage != CampaignStage.DRAFT:
        changes |= {name: getattr(campaign, name) for name in FIXED}
    try:
        operations.change(records(), campaign, changes, form.edition.data or 0)
    except operations.NameTaken:
        _name_taken(form)
        return _form_page(form, campaign), 422
    except ChangedMeanwhile:
        campaign = find_campaign(campaign_id)
        form.reopen(campaign.edition)
        form.name.errors = [_("Somebody changed this campaign meanwhile. Check, then save again.")]
        return _form_page(form, campaign), 409
    flash(_("Saved."), "good")
    return redirect(url_for(".show", campaign_id=campaign_id))


def page_of(campaign: Campaign, sign: SignForm | None = None, problem: str = "") -> str:
    """The page of a campaign, with what was typed about its signatures and what went wrong."""
    session, day = records(), today()
    frozen = campaign.frozen_at is not None
    coverage = count_coverage(session, campaign.district, day, campaign) if frozen else None
    is_open = campaign.stage == CampaignStage.OPEN
    return render_template(
        "campaigns/show.html",
        campaign=campaign,
        asked=told(questionnaire().title),
        judged=[told(load_standard(id_).title) for id_ in campaign.standards],
        day=day,
        chosen=Chosen(day, campaign, (campaign,)),
        coverage=coverage,
        streets=street_table(session, campaign, coverage) if coverage else [],
        total=in_all(campaign, coverage) if coverage else None,
        lacking=count_lacking(session, campaign, day) if is_open else 0,
        behind=drafts_behind(session, campaign) if frozen else 0,
        form=StepForm(formdata=None, edition=campaign.edition),
        sign=sign or SignForm(formdata=None, **_signed(campaign)),
        problem=problem,
        rules=rules(),
        treatment=TREATMENT,
    )


def _signed(campaign: Campaign) -> dict[str, object]:
    return {
        "bureau": campaign.signed_bureau,
        "statistics": campaign.signed_statistics,
        "edition": campaign.edition,
    }


def _usual(year: int) -> dict[str, object]:
    return {
        "name": _("Full coverage %(year)s", year=year),
        "base_on": date(year, 1, 1),
        "opens_on": date(year, 1, 1),
        "due_on": date(year, 12, 31),
        "target": 100,
        "questionnaire_version": versions_of(QUESTIONNAIRE)[0],
        "standards": [STANDARD],
    }


def _form(form: CampaignForm) -> CampaignForm:
    asked, standard = told(questionnaire().title), load_standard(STANDARD)
    versions = [(version, f"{asked} {version}") for version in versions_of(QUESTIONNAIRE)]
    form.offer(versions, [(STANDARD, told(standard.title))])
    return form


def _entry(form: CampaignForm) -> CampaignEntry:
    return CampaignEntry(
        name=form.name.data.strip(),
        questionnaire=QUESTIONNAIRE,
        questionnaire_version=form.questionnaire_version.data,
        base_on=form.base_on.data,
        opens_on=form.opens_on.data,
        due_on=form.due_on.data,
        target=float(form.target.data or 0),
    )


def _name_taken(form: CampaignForm) -> None:
    form.name.errors = [_("There is a campaign of this name already.")]


def _form_page(form: CampaignForm, campaign: Campaign | None) -> str:
    return render_template("campaigns/edit.html", form=form, campaign=campaign)
