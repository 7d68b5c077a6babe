"""Monthly bulletins: the list, a draft with its preview, the foreword, the issue and its files."""

from __future__ import annotations

from hashlib import sha256

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.exceptions import InternalServerError, NotFound

from diagnose.access import Capability
from diagnose.bulletins import IssueRefused
from diagnose.bulletins.telling import Title, tell_bulletin, tell_published, tell_statistics
from diagnose.records import Publication, PublicationKind, note
from diagnose.storage import Store
from diagnose.web.access import actor, needs
from diagnose.web.bulletins import operations
from diagnose.web.bulletins.blueprint import blueprint
from diagnose.web.bulletins.finding import find_publication, publications
from diagnose.web.bulletins.forms import ForewordForm, IssueForm, MonthForm
from diagnose.web.charts import twice
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.fields import PlainForm, status_of
from diagnose.web.languages import language, told
from questionnaires.clock import day_of, today
from reports.bulletins import Bulletin, Curve
from reports.bulletins.curves import as_drawing, as_table
from reports.bulletins.model import heading

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@blueprint.app_template_filter("tabled")
def tabled(piece: object) -> object:
    """A curve as the table of its numbers; other pieces as they are."""
    return as_table(piece) if isinstance(piece, Curve) else piece


@blueprint.app_template_filter("charted")
def charted(piece: object) -> Markup | str:
    """The chart of a curve; nothing for other pieces."""
    if not isinstance(piece, Curve):
        return ""
    return twice(lambda width: as_drawing(piece, width, language()))


@blueprint.get("/")
@needs(Capability.PUBLISH)
def index() -> str:
    """Drafts, issues and published statistics."""
    return render_template("bulletins/index.html", publications=publications())


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Capability.PUBLISH)
def new() -> ResponseReturnValue:
    """Gather the figures of a month into a draft, or gather them anew."""
    form = MonthForm()
    form.offer(today())
    if not form.validate_on_submit():
        return render_template("bulletins/new.html", form=form), 422 if form.errors else 200
    try:
        row = operations.gather(records(), form.chosen())
    except IssueRefused as refused:
        form.month.errors = [told(refused.message)]
        return render_template("bulletins/new.html", form=form), 409
    flash(_("The figures are gathered. Read the preview, write a foreword, then issue it."), "good")
    return redirect(url_for(".show", publication_id=row.id))


@blueprint.get("/<int:publication_id>")
@needs(Capability.PUBLISH)
def show(publication_id: int) -> str:
    """A draft as it would be printed, or an issue as it was."""
    return _page(find_publication(publication_id))


@blueprint.route("/<int:publication_id>/edit", methods=["GET", "POST"])
@needs(Capability.PUBLISH)
def edit(publication_id: int) -> ResponseReturnValue:
    """The foreword of a draft."""
    row = find_publication(publication_id, PublicationKind.BULLETIN)
    form = ForewordForm()
    if not form.is_submitted():
        form.foreword.data, form.seen.data = row.foreword, operations.mark_of(row.foreword)
    if not form.validate_on_submit():
        return _edit_page(row, form), 422 if form.errors else 200
    try:
        operations.edit(records(), row, form.foreword.data or "", form.seen.data or "")
    except IssueRefused as refused:
        form.foreword.errors = [told(refused.message)]
        return _edit_page(row, form), 409
    except ChangedMeanwhile:
        form.foreword.errors = [
            _("Somebody changed the foreword meanwhile; it is shown below. Check, then save again.")
        ]
        form.seen.data = operations.mark_of(row.foreword)
        return _edit_page(row, form, other=row.foreword), 409
    flash(_("Saved."), "good")
    return redirect(url_for(".show", publication_id=publication_id))


@blueprint.post("/<int:publication_id>/issue")
@needs(Capability.PUBLISH)
def issue(publication_id: int) -> ResponseReturnValue:
    """Freeze a draft as PDF and Word."""
    row = find_publication(publication_id, PublicationKind.BULLETIN)
    form = IssueForm()
    if not form.validate():
        return _page(row, form), status_of(form)
    try:
        operations.issue(records(), row)
    except IssueRefused as refused:
        records().rollback()
        return _page(find_publication(publication_id), form, told(refused.message)), 409
    flash(_("The bulletin is issued. Its files are below."), "good")
    return redirect(url_for(".show", publication_id=publication_id))


@blueprint.get("/<int:publication_id>/files/<edition>")
@needs(Capability.PUBLISH)
def file(publication_id: int, edition: str) -> Response:
    """One file of an issue, as it was frozen."""
    row = find_publication(publication_id)
    held = row.files.get(edition)
    if held is None:
        raise NotFound
    store: Store = current_app.extensions["store"]
    content = store.get(held["key"])
    if sha256(content).hexdigest() != held["sha256"]:
        current_app.logger.error("publication %s: %s is not what was issued", row.id, edition)
        raise InternalServerError
    note(records(), actor(), "bulletin.download", f"publication:{row.id}", file=edition)
    records().commit()
    response = Response(content, mimetype=TYPES[edition.rpartition(".")[2]])
    response.headers.set("Content-Disposition", "attachment", filename=f"{row.day}-{edition}")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def told_of(row: Publication, edition: str) -> Bulletin:
    """A publication as it reads; `edition` is that for the house or that for everybody."""
    dated = day_of(row.issued_at)
    title = Title(row.district, row.number, dated, row.foreword)
    if row.kind == PublicationKind.STATISTICS:
        return tell_statistics(title, row.figures["published"])
    if edition == "published":
        return tell_published(title, row.figures["published"])
    return tell_bulletin(title, row.figures["internal"])


def _page(row: Publication, form: IssueForm | None = None, problem: str = "") -> str:
    statistics = row.kind == PublicationKind.STATISTICS
    chosen = request.args.get("edition", "")
    edition = "published" if statistics or chosen == "published" else "internal"
    return render_template(
        "bulletins/show.html",
        heading=heading,
        row=row,
        edition=edition,
        bulletin=told_of(row, edition),
        form=form or IssueForm(formdata=None),
        again=PlainForm(formdata=None),
        problem=problem,
        statistics=statistics,
    )


def _edit_page(row: Publication, form: ForewordForm, other: str = "") -> str:
    return render_template("bulletins/edit.html", row=row, form=form, other=other)
