"""The census as a firm meets it: where it stands, its blocks, its needs, handing it in."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.needs.fields import Block, census_form
from diagnose.needs.matching import project_name, scene_titles, solutions
from diagnose.needs.states import NEED_TITLES
from diagnose.web.access import needs
from diagnose.web.census import operations
from diagnose.web.census.blueprint import blueprint
from diagnose.web.census.forms import COLUMNS, PledgeForm, asked_rows, block_form, filled, given
from diagnose.web.census.sheet import Sheet, own_sheet, worded
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.fields import PlainForm, status_of
from diagnose.web.languages import told

MEANWHILE, WRONG = 409, 422


@blueprint.app_context_processor
def offer_words() -> dict[str, object]:
    """Let pages say facts of a census, project types, and the ways to a solution."""
    return {
        "worded": worded,
        "need_titles": NEED_TITLES,
        "scene_titles": scene_titles(),
        "type_name": project_name,
        "ways": lambda type_: _(", ").join(told(way) for way in solutions().of(type_)),
    }


@blueprint.get("/")
@needs(Capability.CENSUS)
def show() -> str:
    """Where the census stands, and what it says so far."""
    return render_template("census/show.html", sheet=own_sheet(records()), plain=PlainForm())


@blueprint.route("/blocks/<block_id>", methods=["GET", "POST"])
@needs(Capability.CENSUS)
def edit(block_id: str) -> ResponseReturnValue:
    """Fill in one block; what the self-assessment answered is shown, not asked."""
    sheet = own_sheet(records())
    block = census_form().blocks.get(block_id)
    if block is None or not block.fields:
        raise NotFound
    if not sheet.open:
        return redirect(url_for(".show"))
    made = block_form(block, sheet.known)
    form = made()
    if not form.is_submitted():
        held = filled(block, sheet.facts) | {"edition": sheet.edition}
        return _block_page(sheet, block, made(formdata=None, data=held))
    if not form.validate():
        return _block_page(sheet, block, form), status_of(form)
    try:
        facts = given(block, form, sheet.known)
        operations.keep_block(records(), sheet.whose, facts, form.edition.data or 0)
    except ChangedMeanwhile:
        sheet = own_sheet(records())
        form.reopen(sheet.edition)
        return _block_page(sheet, block, form, meanwhile=True), MEANWHILE
    flash(_("Saved."), "good")
    return redirect(_onward(block_id))


@blueprint.get("/review")
@needs(Capability.CENSUS)
def review() -> ResponseReturnValue:
    """The whole sheet once more, before the head of the firm vouches for it."""
    sheet = own_sheet(records())
    if not sheet.open:
        return redirect(url_for(".show"))
    shares = sheet.census.shares if sheet.census else []
    form = PledgeForm(formdata=None, data={"edition": sheet.edition, "shares": shares})
    return _review_page(sheet, form)


@blueprint.post("/submit")
@needs(Capability.CENSUS)
def submit() -> ResponseReturnValue:
    """Hand the sheet in."""
    sheet, form = own_sheet(records()), PledgeForm()
    if not sheet.open:
        return redirect(url_for(".show"))
    if not form.validate():
        return _review_page(sheet, form), status_of(form)
    if bool(sheet.wanted) == form.no_needs.data:
        problem = (
            _("The sheet names needs; take them off it, or do not tick this.")
            if sheet.wanted
            else _("Add a need or a planned project, or say here that there is none.")
        )
        form.no_needs.errors = [problem]
        return _review_page(sheet, form), WRONG
    said = {name: form[name].data for name in ("shares", "pledged_by", "no_needs")}
    try:
        operations.submit(records(), sheet.whose, sheet.known, said, form.edition.data or 0)
    except ChangedMeanwhile:
        sheet = own_sheet(records())
        form.reopen(sheet.edition)
        return _review_page(sheet, form, meanwhile=True), MEANWHILE
    flash(_("The census is submitted. Thank you."), "good")
    return redirect(url_for(".show"))


@blueprint.post("/reopen")
@needs(Capability.CENSUS)
def reopen() -> ResponseReturnValue:
    """Take a submitted sheet back to change it."""
    sheet, form = own_sheet(records()), PlainForm()
    if sheet.census is None or sheet.open or not form.validate():
        return redirect(url_for(".show"))
    try:
        operations.reopen(records(), sheet.census, sheet.edition)
    except ChangedMeanwhile:
        flash(_("The sheet was changed meanwhile; look at it again."), "warn")
        return redirect(url_for(".show"))
    flash(_("The sheet is open again. Submit it once more when you are done."))
    return redirect(url_for(".show"))


@blueprint.post("/begin")
@needs(Capability.CENSUS)
def begin() -> ResponseReturnValue:
    """Begin the sheet of a new campaign with what the last one said."""
    sheet, form = own_sheet(records()), PlainForm()
    if sheet.may_begin and form.validate():
        try:
            operations.begin_anew(records(), sheet.whose)
        except ChangedMeanwhile:
            return redirect(url_for(".show"))
        flash(_("A new sheet is begun with what the last one said. Check it, then submit it."))
    return redirect(url_for(".show"))


def _onward(block_id: str) -> str:
    """The page that follows a block."""
    order = {"current": "pains", "pains": "", "worries": ""}
    after = order.get(block_id, "")
    return url_for(".edit", block_id=after) if after else url_for(".show")


def _block_page(sheet: Sheet, block: Block, form: Any, *, meanwhile: bool = False) -> str:
    return render_template(
        "census/block.html",
        sheet=sheet,
        block=block,
        form=form,
        columns=COLUMNS,
        asked_rows=asked_rows,
        meanwhile=meanwhile,
    )


def _review_page(sheet: Sheet, form: PledgeForm, *, meanwhile: bool = False) -> str:
    return render_template("census/review.html", sheet=sheet, form=form, meanwhile=meanwhile)
