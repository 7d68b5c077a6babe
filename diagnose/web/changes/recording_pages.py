"""Recording a change of a firm: which kind, then its form, its effect shown before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.records import Diagnosis, Firm
from diagnose.records.roster import Change
from diagnose.roster.checking import EventRefused
from diagnose.roster.register import due_on
from diagnose.web.access import find, me, needs
from diagnose.web.assessments.firm_facts import industries
from diagnose.web.attachments.operations import UploadRefused
from diagnose.web.changes import operations
from diagnose.web.changes.blueprint import blueprint
from diagnose.web.changes.forms import ChangeForm
from diagnose.web.changes.kinds import ASKS, FROZEN, MEANT
from diagnose.web.database import records
from diagnose.web.fields import status_of
from diagnose.web.languages import told
from diagnose.web.roster.listing import state_title
from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change would do: the firms due on its day before and after, and the frozen list.

    `diagnoses` says what becomes of the diagnosis under way, if anything.
    """

    before: int
    after: int
    frozen: Text
    diagnoses: Sequence[str]


@blueprint.route("/record/<int:firm_id>", methods=["GET", "POST"])
@needs(Capability.ROSTER_CHANGE)
def record(firm_id: int) -> ResponseReturnValue:
    """Choose the kind of change, fill in its form, see its effect, save."""
    firm, wanted = find(Firm, firm_id), request.values.get("change", "")
    if not wanted:
        return render_template("changes/choose.html", firm=firm, kinds=ASKS, meant=MEANT)
    if wanted not in ASKS:
        raise NotFound
    change = Change(wanted)
    form = ChangeForm.of(change, operations.officers(records(), me().district), me())
    if not form.validate_on_submit() or form.transfer_problems():
        return _page(firm, change, form)
    try:
        return (
            _preview(firm, change, form) if "preview" in request.form else _save(firm, change, form)
        )
    except EventRefused as refused:
        records().rollback()
        form.complain(refused)
    except UploadRefused as refused:
        records().rollback()
        form.file.errors = [told(refused.message)]
    return _page(find(Firm, firm_id), change, form)


def _preview(firm: Firm, change: Change, form: ChangeForm) -> ResponseReturnValue:
    """Do it, look at what it does, and take it all back."""
    firm_id, day, district = firm.id or 0, form.effective_on.data, me().district
    before = due_on(records(), district, day)
    moved = operations.write(records(), firm, change, form, with_file=False)
    after = due_on(records(), district, day)
    effect = Effect(before, after, FROZEN[change], [becoming(each) for each in moved])
    records().rollback()
    return _page(find(Firm, firm_id), change, form, effect)


def _save(firm: Firm, change: Change, form: ChangeForm) -> ResponseReturnValue:
    firm_id = firm.id or 0
    moved = operations.write(records(), firm, change, form, with_file=True)
    records().commit()
    flash(_("Recorded."), "good")
    tell_moved(moved)
    return redirect(url_for(".firm", firm_id=firm_id))


def becoming(diagnosis: Diagnosis) -> str:
    """What a diagnosis is by now."""
    return f"{diagnosis.number} · {state_title(diagnosis.state)}"


def tell_moved(moved: Iterable[Diagnosis]) -> None:
    """Say which diagnoses followed the roster."""
    for diagnosis in moved:
        flash(_("The diagnosis follows: %(what)s.", what=becoming(diagnosis)), "good")


def _page(
    firm: Firm, change: Change, form: ChangeForm, effect: Effect | None = None
) -> ResponseReturnValue:
    status = status_of(form)
    page = render_template(
        "changes/record.html",
        firm=firm,
        change=change,
        form=form,
        asks=ASKS[change],
        meant=MEANT[change],
        effect=effect,
        industries=industries(),
    )
    return page, status
