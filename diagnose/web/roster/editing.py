"""Firms by hand: adding one, changing one."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.records import Firm, FirmEntry
from diagnose.roster.checking import EventRefused
from diagnose.roster.words import HONOURS
from diagnose.web.access import find, me, needs
from diagnose.web.assessments.firm_facts import check_firm, industries
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.fields import status_of
from diagnose.web.languages import told
from diagnose.web.reading import questionnaire
from diagnose.web.roster import operations
from diagnose.web.roster.blueprint import blueprint
from diagnose.web.roster.forms import KEPT, FirmForm


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Capability.ROSTER_CHANGE)
def add() -> ResponseReturnValue:
    """Put a firm on the books."""
    form = FirmForm(on_roster=True)
    entry = _checked(form, "") if form.is_submitted() else None
    if entry is None:
        return _page(form, None)
    day = form.effective_on.data
    try:
        firm = operations.take_in(records(), entry, day) if entry.on_roster else None
        if firm is None and not _is_free(form, entry.uscc):
            return _page(form, None)
        firm = firm or operations.add_firm(records(), entry, day)
    except EventRefused as refused:
        return _refused(form, None, refused)
    opened = operations.open_diagnoses(records(), me().district, [firm.id or 0])
    records().commit()
    flash(_("Added, and its diagnosis opened.") if opened else _("Added."), "good")
    return redirect(url_for(".firm", firm_id=firm.id))


@blueprint.route("/<int:firm_id>/edit", methods=["GET", "POST"])
@needs(Capability.ROSTER_CHANGE)
def edit(firm_id: int) -> ResponseReturnValue:
    """Change a firm's facts; its code stays."""
    firm = find(Firm, firm_id)
    form = FirmForm.of(firm)
    entry = _checked(form, firm.uscc) if form.is_submitted() else None
    if entry is None:
        return _page(form, firm)
    changes = {name: getattr(entry, name) for name in KEPT if name != "uscc"}
    day = form.effective_on.data
    try:
        operations.change_firm(records(), firm, changes, form.seen.data or "", day)
    except EventRefused as refused:
        return _refused(form, firm, refused)
    except ChangedMeanwhile:
        current = find(Firm, firm_id)
        form.reopen(current)
        return _page(form, current, 409)
    opened = operations.open_diagnoses(records(), me().district, [firm_id])
    records().commit()
    flash(_("Saved, and its diagnosis opened.") if opened else _("Saved."), "good")
    return redirect(url_for(".firm", firm_id=firm_id))


def _checked(form: FirmForm, uscc: str) -> FirmEntry | None:
    """The firm a form gives, or None with what is wrong put beside its fields."""
    if not form.validate():
        return None
    found = check_firm(questionnaire(), form.typed() | ({"uscc": uscc} if uscc else {}))
    form.complain({name: told(problem) for name, problem in found.problems.items()})
    if found.entry is None:
        return None
    beside = {"district": me().district, **form.beside()}
    return FirmEntry.model_validate(found.entry.model_dump() | beside)


def _is_free(form: FirmForm, uscc: str) -> bool:
    """Whether no firm has this code yet; otherwise the form says whose it is, as far as it may."""
    try:
        known = operations.firm_with(records(), uscc, me().district)
    except operations.TakenElsewhere:
        form.complain({"uscc": _("This code belongs to a firm of another district's roster.")})
        return False
    if known is not None:
        form.complain({"uscc": _("This code is on your roster already: %(firm)s", firm=known.name)})
        return False
    return True


def _refused(form: FirmForm, firm: Firm | None, refused: EventRefused) -> ResponseReturnValue:
    records().rollback()
    form.effective_on.errors = [told(problem) for problem in refused.problems]
    return _page(form, firm)


def _page(form: FirmForm, firm: Firm | None, status: int = 200) -> ResponseReturnValue:
    status = status_of(form, status)
    elsewhere = firm if status == 409 else None  # noqa: PLR2004  # changed meanwhile
    page = render_template(
        "roster/edit.html",
        form=form,
        firm=firm,
        elsewhere=elsewhere,
        industries=industries(),
        honours=HONOURS,
    )
    return page, status
