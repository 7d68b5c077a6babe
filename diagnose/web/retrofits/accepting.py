"""Asking for acceptance: payments one by one, sheets before and after, files."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.records import Acceptance, Purpose, Stage, Verdict, note
from diagnose.retrofits import LIFE, MoveRefused, Wanted
from diagnose.retrofits.accepting import in_time
from diagnose.retrofits.levels import standings_of
from diagnose.retrofits.reading import Whole
from diagnose.uploads import UploadRefused
from diagnose.web.access import actor, needs
from diagnose.web.attachments.operations import take
from diagnose.web.database import records
from diagnose.web.editions import edition_of
from diagnose.web.fields import status_of
from diagnose.web.languages import told
from diagnose.web.retrofits import operations
from diagnose.web.retrofits.applying import ApplyForm
from diagnose.web.retrofits.blueprint import blueprint
from diagnose.web.retrofits.files import files_of
from diagnose.web.retrofits.views import CONFLICT, own
from questionnaires.clock import today
from questionnaires.text import Text


@blueprint.route("/<int:project_id>/acceptance", methods=["GET", "POST"])
@needs(Capability.RETROFIT)
def apply(project_id: int) -> ResponseReturnValue:
    """Fill in the application and hand it in."""
    whole = own(project_id)
    if not asks(whole):
        raise NotFound
    standings = standings_of(records(), whole.firm.id or 0)
    form = ApplyForm.of(whole.acceptance, standings, whole.contract)
    if not form.is_submitted():
        form.edition.data = str(whole.project.edition)
        return _page(whole, form)
    if "more" in request.form:
        return _page(whole, form)
    if not form.validate():
        return _page(whole, form), status_of(form)
    try:
        _hand_in(records(), whole, form)
    except UploadRefused as refused:
        records().rollback()
        return _page(own(project_id), form, (refused.message,)), 422
    except MoveRefused as refused:
        whole = own(project_id)
        form.edition.data = str(whole.project.edition)
        return _page(whole, form, refused.problems), CONFLICT
    flash(_("The application is with the bureau now."), "good")
    return redirect(url_for(".show", project_id=project_id))


def asks(whole: Whole) -> bool:
    """Whether the firm may ask for acceptance now."""
    return whole.contract is not None and whole.project.stage in LIFE.moves["finish"].sources


def _hand_in(session: Session, whole: Whole, form: ApplyForm) -> None:
    """Keep the application with its files and move the project on; commits."""
    files = {kind: list(ids) for kind, ids in form.held.items()}
    for kind, upload in form.files():
        row = take(
            session,
            upload,
            firm_id=whole.project.firm_id,
            purpose=Purpose.PROOF,
            question=f"project-{whole.project.id}-{kind}",
        )
        files.setdefault(kind, []).append(row.id)
    asked = Acceptance.model_validate(
        form.values()
        | {"project_id": whole.project.id, "asked_on": today(), "files": files}
        | {"verdict": Verdict.OPEN.value}
    )
    session.add(asked)
    session.flush()
    note(
        session,
        actor(),
        "project.apply",
        f"project:{whole.project.id}",
        firm_id=whole.project.firm_id,
        acceptance=asked.id,
        payments=len(asked.payments),
    )
    edition = form.edition.data or ""
    number = edition_of(edition)
    sets = {"progress": 100} if whole.project.stage == Stage.UNDER_WAY else {}
    operations.move_on(session, whole.project, Wanted("finish", sets=sets, edition=number))
    session.commit()


def _page(whole: Whole, form: ApplyForm, problems: tuple[Text, ...] = ()) -> str:
    form.offer_rows()
    finished = None if form.finished_on.errors else form.finished_on.data
    return render_template(
        "retrofits/apply.html",
        whole=whole,
        form=form,
        problems=[told(problem) for problem in problems],
        files=files_of(records(), whole.acceptance),
        months=LIFE.rules.apply_months,
        overdue=bool(finished and not in_time(finished, today())),
        unseen=finished is not None and all(day < finished for day in form.days.values()),
    )
