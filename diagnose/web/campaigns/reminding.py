"""Reminders of a campaign: the list on a page, as an Excel file, and as letters to print."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO

from flask import render_template, request, send_file, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import select

from diagnose.access import Capability
from diagnose.campaigns.lists import count_by_street
from diagnose.campaigns.reminders import KINDS, OF_FIRM, Reminder, ReminderSearch, all_reminders
from diagnose.records import Campaign, Provider, note
from diagnose.roster.masking import masked
from diagnose.roster.standing import NEVER
from diagnose.web.access import actor, me, needs
from diagnose.web.campaigns.blueprint import blueprint
from diagnose.web.campaigns.forms import LetterheadForm
from diagnose.web.campaigns.operations import find_campaign
from diagnose.web.database import records
from diagnose.web.excel import send_excel, workbook_of
from diagnose.web.languages import language, told
from diagnose.web.paging import Paged, page_number, paged
from diagnose.web.roster.forms import PhonesForm
from diagnose.web.roster.listing import state_title
from questionnaires.clock import day_of, today
from questionnaires.text import Language
from reports.letters import Official, write_official
from reports.phrases import Phrasebook
from reports.workbook.tables import Sheet

PER_PAGE = 25
DAYS = 14  # as a letter gives to act


@blueprint.get("/<int:campaign_id>/reminders")
@needs(Capability.CAMPAIGNS)
def reminders(campaign_id: int) -> ResponseReturnValue:
    """Who is waited for, a page at a time."""
    campaign, search = find_campaign(campaign_id), ReminderSearch.read(request.args)
    found = paged(records(), search.found(campaign, today()), page_number(request.args), PER_PAGE)
    return render_template(
        "campaigns/reminders.html",
        campaign=campaign,
        search=search,
        page=Paged([Reminder(*row) for row in found.rows], found.count, found.number, found.size),
        kinds=[(kind, told(title)) for kind, title in KINDS.items()],
        streets=_streets(campaign),
        providers=records().exec(select(Provider.id, Provider.name).order_by(Provider.name)).all(),
        kind_title=lambda kind: told(KINDS[kind]),
    )


@blueprint.get("/<int:campaign_id>/reminders/list")
@needs(Capability.CAMPAIGNS)
def reminders_list(campaign_id: int) -> ResponseReturnValue:
    """The same as an Excel file, phone numbers masked."""
    return _list(find_campaign(campaign_id), phones=False, reason="")


@blueprint.route("/<int:campaign_id>/reminders/phones", methods=["GET", "POST"])
@needs(Capability.CAMPAIGNS)
def reminders_phones(campaign_id: int) -> ResponseReturnValue:
    """The same with phone numbers in full, for a reason that is logged."""
    campaign, form = find_campaign(campaign_id), PhonesForm()
    if not form.validate_on_submit():
        page = render_template(
            "campaigns/phones.html",
            campaign=campaign,
            form=form,
            search=ReminderSearch.read(request.args),
        )
        return page, 422 if form.is_submitted() else 200
    return _list(campaign, phones=True, reason=form.reason.data.strip())


@blueprint.route("/<int:campaign_id>/reminders/letters", methods=["GET", "POST"])
@needs(Capability.CAMPAIGNS)
def reminders_letters(campaign_id: int) -> ResponseReturnValue:
    """Letters to the firms that can do something themselves, as one PDF."""
    campaign, search = find_campaign(campaign_id), ReminderSearch.read(request.args)
    kept = session.get("letterhead", {})
    usual = {"until": today() + timedelta(days=DAYS)}
    form = LetterheadForm(data=usual | kept)
    rows = [r for r in all_reminders(records(), campaign, search, today()) if r.kind in OF_FIRM]
    if not form.validate_on_submit() or not rows:
        page = render_template(
            "campaigns/letterhead.html", campaign=campaign, form=form, search=search, rows=rows
        )
        return page, 422 if form.is_submitted() else 200
    bureau, contact = form.bureau.data.strip(), (form.contact.data or "").strip()
    session["letterhead"] = {"bureau": bureau, "contact": contact}
    letters = [_letter(campaign, row, contact, form.until.data, language()) for row in rows]
    content = write_official(letters, bureau, today(), language())
    subject = f"campaign:{campaign_id}"
    note(records(), actor(), "campaign.reminders", subject, letters=len(rows))
    records().commit()
    name = _("Reminder letters %(day)s.pdf", day=today())
    return send_file(BytesIO(content), "application/pdf", as_attachment=True, download_name=name)


def _letter(
    campaign: Campaign, row: Reminder, contact: str, until: date, tongue: Language
) -> Official:
    say = Phrasebook("reminders")

    def said(key: str, **values: object) -> str:
        return say(key, **values).to(tongue)

    return Official(
        title=said("title"),
        to=said("to", firm=row.firm.name),
        facts=(
            (said("open"), KINDS[row.kind].to(tongue)),
            (said("account"), row.firm.uscc),
            (said("until"), until.isoformat()),
        ),
        paragraphs=(
            said("what", campaign=campaign.name, day=today().isoformat()),
            said(f"ask.{row.kind}"),
            said("free"),
        ),
        contact=contact,
        below=said("below"),
        fictional=row.firm.fictional,
    )


def _list(campaign: Campaign, *, phones: bool, reason: str) -> ResponseReturnValue:
    rows = all_reminders(records(), campaign, ReminderSearch.read(request.args), today())
    content = workbook_of([_sheet(rows, phones=phones)])
    note(
        records(), actor(), "campaign.reminders", f"campaign:{campaign.id}",
        firms=len(rows), phones=phones, reason=reason,
    )  # fmt: skip
    records().commit()
    name = _("Reminders %(district)s %(day)s.xlsx", district=me().district, day=today())
    return send_excel(content, name)


def _sheet(rows: list[Reminder], *, phones: bool) -> Sheet:
    show = (lambda phone: phone) if phones else masked
    day = today()
    cells: dict[tuple[str, float], list[str | float | None]] = {
        (_("Street or park"), 18): [row.street for row in rows],
        (_("Firm"), 38): [row.firm.name for row in rows],
        (_("Unified social credit code"), 22): [row.firm.uscc for row in rows],
        (_("Waited for"), 22): [told(KINDS[row.kind]) for row in rows],
        (_("State"), 14): [state_title(row.state) for row in rows],
        (_("Provider"), 28): [row.provider for row in rows],
        (_("Due"), 12): [_day(row.due_at) for row in rows],
        (_("Days overdue"), 10): [_over(row, day) for row in rows],
        (_("Draft last saved"), 14): [_day(row.drafted_at) for row in rows],
        (_("Contact"), 14): [row.firm.contact for row in rows],
        (_("Phone"), 18): [show(row.firm.phone) for row in rows],
        (_("Grid officer"), 14): [row.firm.grid for row in rows],
    }
    return Sheet.of(_("Reminders"), cells)


def _over(row: Reminder, day: date) -> float | None:
    if row.due_at is None or row.state == NEVER:
        return None
    return float(max((day - day_of(row.due_at)).days, 0))


def _day(moment: datetime | None) -> str | None:
    return day_of(moment).isoformat() if moment else None


def _streets(campaign: Campaign) -> list[tuple[str, str]]:
    return [(name, name) for _id, name, _firms in count_by_street(records(), campaign)]
