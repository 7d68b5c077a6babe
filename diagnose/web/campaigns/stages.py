"""From draft to frozen list to open to closed; the list itself as an Excel file."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from diagnose.access import Capability
from diagnose.campaigns.lists import freeze as freeze_list
from diagnose.campaigns.lists import listed_firms
from diagnose.campaigns.lists import sign as sign_list
from diagnose.campaigns.opening import close_campaign, open_campaign, open_lacking, reopen_campaign
from diagnose.campaigns.refusing import CampaignRefused
from diagnose.jobs import Context, start, work
from diagnose.records import Actor, Campaign, CampaignStage, Diagnosis, Firm, note
from diagnose.records.columns import now
from diagnose.records.roster import Ground
from diagnose.roster.words import GROUNDS
from diagnose.web.access import actor, me, needs
from diagnose.web.campaigns.blueprint import blueprint
from diagnose.web.campaigns.forms import SignForm, StepForm
from diagnose.web.campaigns.operations import find_campaign, hold, take
from diagnose.web.campaigns.views import page_of
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.excel import send_excel, workbook_of
from diagnose.web.fields import status_of
from diagnose.web.languages import language, told
from questionnaires.clock import HERE
from questionnaires.text import Language, Text
from reports.workbook.tables import Column, Sheet

OPENED = Text("批次启动时新建的诊断", "Diagnoses opened for a campaign")
HEADS = (
    (Text("诊断编号", "Number"), 18),
    (Text("企业名称", "Firm"), 40),
    (Text("统一社会信用代码", "Unified social credit code"), 22),
    (Text("街道或园区", "Street or park"), 18),
)


@blueprint.post("/<int:campaign_id>/freeze")
@needs(Capability.CAMPAIGNS)
def freeze(campaign_id: int) -> ResponseReturnValue:
    """Write down who is on the list; before the opening, in place of an earlier one."""
    return _done(campaign_id, freeze_list, _("The list is frozen. Have it signed next."))


@blueprint.post("/<int:campaign_id>/sign")
@needs(Capability.CAMPAIGNS)
def sign(campaign_id: int) -> ResponseReturnValue:
    """Keep who signed the list for the bureau and for the statistics office."""
    campaign, form = find_campaign(campaign_id), SignForm()
    if not form.validate_on_submit():
        return page_of(campaign, form), status_of(form)
    try:
        hold(records(), campaign, form.edition.data)
        sign_list(records(), actor(), campaign, form.bureau.data, form.statistics.data)
    except ChangedMeanwhile:
        campaign = find_campaign(campaign_id)
        form.reopen(campaign.edition)
        said = _("The list was changed meanwhile. Look at it again before you enter signatures.")
        return page_of(campaign, form, said), 409
    except CampaignRefused as refused:
        records().rollback()
        return page_of(find_campaign(campaign_id), form, told(refused.message)), 409
    records().commit()
    flash(_("The signatures are kept."), "good")
    return redirect(url_for(".show", campaign_id=campaign_id))


@blueprint.post("/<int:campaign_id>/open")
@needs(Capability.CAMPAIGNS)
def open_(campaign_id: int) -> ResponseReturnValue:
    """Open the campaign, or what an open one still lacks: a diagnosis for every firm in need."""
    campaign, form = find_campaign(campaign_id), StepForm()
    if not form.validate_on_submit():
        return page_of(campaign), 400
    try:
        take(records(), campaign, form.edition.data)
        if campaign.stage != CampaignStage.OPEN:
            open_campaign(records(), actor(), campaign)
        records().commit()
    except ChangedMeanwhile:
        return _changed(campaign_id)
    except CampaignRefused as refused:
        records().rollback()
        return page_of(find_campaign(campaign_id), problem=told(refused.message)), 409
    arguments = {"campaign": campaign_id, "language": language()}
    job = start(records(), me(), "campaign.open", arguments)
    return redirect(url_for("jobs.show", job_id=job.id))


@blueprint.post("/<int:campaign_id>/close")
@needs(Capability.CAMPAIGNS)
def close(campaign_id: int) -> ResponseReturnValue:
    """Close the campaign, or take that back."""
    campaign = find_campaign(campaign_id)
    if campaign.stage == CampaignStage.CLOSED:
        return _done(campaign_id, reopen_campaign, _("The campaign is open again."))
    return _done(campaign_id, close_campaign, _("The campaign is closed."))


@blueprint.get("/<int:campaign_id>/list")
@needs(Capability.CAMPAIGNS)
def firms(campaign_id: int) -> ResponseReturnValue:
    """The frozen list as an Excel file, with room to sign."""
    campaign = find_campaign(campaign_id)
    rows = listed_firms(records(), campaign)
    content = workbook_of([_list_sheet(rows), _about(campaign, len(rows))])
    note(records(), actor(), "campaign.list", f"campaign:{campaign_id}", firms=len(rows))
    records().commit()
    name = _("List %(campaign)s %(day)s.xlsx", campaign=campaign.name, day=campaign.base_on)
    return send_excel(content, name)


@work("campaign.open", OPENED)
def open_many(context: Context) -> tuple[str, bytes]:
    """The job behind an opening: the diagnoses, as far as they are still lacking."""
    session, said = context.session, context.arguments
    campaign = session.get_one(Campaign, said["campaign"])
    if campaign.district == context.account.district and campaign.stage == CampaignStage.OPEN:
        begun = now()
        open_lacking(session, Actor(context.account.id, at=begun), campaign, context.progress)
    tongue: Language = said["language"]
    return f"{OPENED.to(tongue)}.xlsx", workbook_of([_opened(session, said["campaign"], tongue)])


def _opened(session: Session, campaign_id: int, tongue: Language) -> Sheet:
    rows = session.execute(
        select(Diagnosis.number, Firm.name, Firm.uscc, Firm.region)
        .join(Firm, col(Firm.id) == Diagnosis.firm_id)
        .where(Diagnosis.campaign_id == campaign_id)
        .order_by(Firm.region, Firm.name, col(Diagnosis.id))
    ).all()
    columns = (
        Column(head.to(tongue), width, [row[at] for row in rows])
        for at, (head, width) in enumerate(HEADS)
    )
    return Sheet(OPENED.to(tongue)[:31].replace("：", " ").replace(":", " "), tuple(columns))


def _done(
    campaign_id: int, act: Callable[[Session, Actor, Campaign], object], said: str
) -> ResponseReturnValue:
    campaign, form = find_campaign(campaign_id), StepForm()
    if not form.validate_on_submit():
        return page_of(campaign), 400
    try:
        hold(records(), campaign, form.edition.data)
        act(records(), actor(), campaign)
    except ChangedMeanwhile:
        return _changed(campaign_id)
    except CampaignRefused as refused:
        records().rollback()
        return page_of(find_campaign(campaign_id), problem=told(refused.message)), 409
    records().commit()
    flash(said, "good")
    return redirect(url_for(".show", campaign_id=campaign_id))


def _changed(campaign_id: int) -> ResponseReturnValue:
    said = _("Somebody changed this campaign meanwhile. Check, then save again.")
    return page_of(find_campaign(campaign_id), problem=said), 409


def _list_sheet(rows: list[tuple[Firm, str | None, int]]) -> Sheet:
    cells: dict[tuple[str, float], list[str | float | None]] = {
        (_("No."), 6): [float(at) for at in range(1, len(rows) + 1)],
        (_("Unified social credit code"), 22): [firm.uscc for firm, *_rest in rows],
        (_("Firm"), 40): [firm.name for firm, *_rest in rows],
        (_("Street or park"), 18): [street for _firm, street, _ground in rows],
        (_("Exempt on the base day"), 26): [
            told(GROUNDS[Ground(ground)]) if ground else None for _firm, _street, ground in rows
        ],
    }
    return Sheet.of(_("List"), cells)


def _about(campaign: Campaign, firms: int) -> Sheet:
    frozen = campaign.frozen_at
    said = {
        _("Campaign"): campaign.name,
        _("Version of the list"): campaign.list_version,
        _("Base day of the list"): campaign.base_on.isoformat(),
        _("Firms"): str(firms),
        _("Frozen on"): f"{frozen.astimezone(HERE):%Y-%m-%d %H:%M}" if frozen else "",
        _("Signed for the bureau"): campaign.signed_bureau,
        _("Signed for the statistics office"): campaign.signed_statistics,
    }
    heads = (_("Point"), 28), (_("What it says"), 50)
    columns = zip(heads, (list(said), list(said.values())), strict=True)
    return Sheet(_("About this list"), tuple(Column(*head, cells) for head, cells in columns))
