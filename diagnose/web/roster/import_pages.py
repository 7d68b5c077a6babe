"""A roster file brought in: looked at first, then taken over."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.records import note
from diagnose.storage import Store
from diagnose.web.access import actor, me, needs
from diagnose.web.database import records
from diagnose.web.languages import told
from diagnose.web.roster import operations
from diagnose.web.roster.blueprint import blueprint
from diagnose.web.roster.forms import TakeOverForm, UploadForm
from diagnose.web.roster.importing import Found, look_at, take_over
from questionnaires.errors import SheetsUnreadable

SUFFIXES = (".csv", ".xlsx")


@blueprint.route("/import", methods=["GET", "POST"])
@needs(Capability.ROSTER_CHANGE)
def upload() -> ResponseReturnValue:
    """Take a roster file and show what it would do; nothing is changed yet."""
    form = UploadForm()
    if not form.validate_on_submit():
        return render_template("roster/upload.html", form=form), 422 if form.errors else 200
    name, content = form.file.data.filename or "", form.file.data.read()
    suffix = next((s for s in SUFFIXES if name.lower().endswith(s)), "")
    try:
        if not suffix:
            form.file.errors = [_("Choose a CSV or Excel file (.csv, .xlsx).")]
            return render_template("roster/upload.html", form=form), 422
        found = look_at(records(), name, content, me().district)
    except SheetsUnreadable as unreadable:
        form.file.errors = [told(unreadable.message)]
        return render_template("roster/upload.html", form=form), 422
    _forget()
    _store().put(_key(suffix), content)
    return _preview(TakeOverForm(formdata=None, sha256=found.sha256, on_roster=True), found)


@blueprint.post("/import/take")
@needs(Capability.ROSTER_CHANGE)
def take() -> ResponseReturnValue:
    """Take over the file that was looked at."""
    form, found = TakeOverForm(), _looked_at()
    if found is None or found.sha256 != form.sha256.data:
        flash(_("Another file was looked at meanwhile, or this one is gone. Choose it again."))
        return redirect(url_for(".upload"))
    if not form.validate_on_submit():
        return _preview(form, found), 400
    if found.wrong and form.take.data != "good":
        flash(_("Nothing was taken over: some rows are wrong. Mend the file and choose it again."))
        return redirect(url_for(".upload"))
    firms = take_over(records(), found, me().district, on_roster=bool(form.on_roster.data))
    opened = operations.open_diagnoses(records(), me().district, [firm.id or 0 for firm in firms])
    note(
        records(),
        actor(),
        "roster.import",
        new=len(found.new),
        changed=len(found.changed),
        wrong=found.bad,
        opened=opened,
    )
    records().commit()
    _forget()
    said = _(
        "Taken over: %(new)s new, %(changed)s changed, %(same)s as they were; %(wrong)s rows left "
        "out. %(opened)s diagnoses opened.",
        new=len(found.new),
        changed=len(found.changed),
        same=len(found.same),
        wrong=found.bad,
        opened=opened,
    )
    flash(said, "good")
    return redirect(url_for(".browse"))


def _preview(form: TakeOverForm, found: Found) -> str:
    return render_template("roster/preview.html", form=form, found=found)


def _looked_at() -> Found | None:
    """The file this officer looked at last, read again against the roster as it is now."""
    for suffix in SUFFIXES:
        try:
            content = _store().get(_key(suffix))
        except FileNotFoundError:
            continue
        return look_at(records(), f"roster{suffix}", content, me().district)
    return None


def _forget() -> None:
    for suffix in SUFFIXES:
        _store().remove(_key(suffix))


def _store() -> Store:
    kept: Store = current_app.extensions["store"]
    return kept


def _key(suffix: str) -> str:
    return f"rosters/{me().id}{suffix}"
