"""A roster file brought in step by step: uploaded, its columns named, looked at, taken over."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import orjson
from flask import abort, flash, redirect, render_template, request, send_file, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlmodel import col, select

from diagnose.access import Capability
from diagnose.jobs import start
from diagnose.jobs.doing import problem_of
from diagnose.records import Job, Stand
from diagnose.roster.intake.fields import fields, match
from diagnose.roster.intake.reading import Head, is_light, read_head
from diagnose.roster.masking import masked
from diagnose.roster.words import honours_in
from diagnose.web.access import LARGEST_ID, me, needs, refuse_and_note
from diagnose.web.database import records
from diagnose.web.excel import EXCEL
from diagnose.web.imports.blueprint import blueprint
from diagnose.web.imports.files import (
    Brought,
    at_hand,
    forget,
    head_of,
    keep,
    keep_head,
    kept,
    store,
)
from diagnose.web.imports.forms import (
    LookForm,
    TakeForm,
    UploadForm,
    chosen,
    doubled,
    lacking,
)
from diagnose.web.imports.works import HEAD, LOOK, TAKE, UNDO
from diagnose.web.languages import told
from diagnose.web.uploading import takes_up_to
from questionnaires.clock import today
from questionnaires.errors import SheetsUnreadable
from questionnaires.text import Language

LARGEST = 200 << 20  # bytes of a file: a whole country's roster takes half of it
CARRIED = ("key", "name", "sha256", "meant", "effective_on", "vouched", "whole", "language")


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Capability.ROSTER_CHANGE)
@takes_up_to(LARGEST)
def upload() -> ResponseReturnValue:
    """Take a file and go on to what its columns hold; a large one is read beside the pages."""
    form = UploadForm()
    if not form.validate_on_submit():
        return render_template("imports/upload.html", form=form), 422 if form.errors else 200
    forget()
    try:
        with closing(form.file.data) as file:
            brought = keep(file.stream, file.filename or "")
        light = _read_light(brought)
    except SheetsUnreadable as unreadable:
        forget()
        form.file.errors = [told(unreadable.message)]
        return render_template("imports/upload.html", form=form), 422
    if not light:
        return _begin(HEAD, {"key": brought.key, "name": brought.name})
    return redirect(url_for(".columns"))


@blueprint.route("/columns", methods=["GET", "POST"])
@needs(Capability.ROSTER_CHANGE)
def columns() -> ResponseReturnValue:
    """What each column holds, with a sample; then the file is looked at beside the pages."""
    brought = kept()
    head = _head(brought) if brought else None
    job = _reading(brought) if brought and head is None else None
    if job is not None:
        return redirect(url_for(".progress", job_id=job.id))
    if brought is None or head is None:
        flash(_("The file is gone. Choose it again."))
        return redirect(url_for(".upload"))
    form = LookForm(effective_on=today())
    if not form.is_submitted():
        return _columns_page(form, brought, head, match(head.headings))
    if request.form.get("file") != brought.sha256:
        flash(_("Another file was chosen meanwhile. These are its columns."))
        return redirect(url_for(".columns"))
    meant = chosen(request.form, len(head.headings))
    problems = _column_problems(meant)
    if not form.validate() or problems:
        return _columns_page(form, brought, head, meant, problems), 422
    arguments = {
        "key": brought.key,
        "name": brought.name,
        "sha256": brought.sha256,
        "meant": list(meant),
        "effective_on": form.effective_on.data.isoformat(),
        "vouched": form.vouched.data,
        "whole": bool(form.whole.data),
        "language": language(),
    }
    return _begin(LOOK, arguments)


@blueprint.get("/jobs/<int:job_id>")
@needs(Capability.ROSTER_CHANGE)
def progress(job_id: int) -> ResponseReturnValue:
    """How far a step is; once it is done, what it found or made."""
    job = _own(job_id)
    if job.stand != Stand.DONE:
        return render_template("imports/work.html", job=job, problem=problem_of(job))
    result = _result(job)
    if result is None:
        flash(_("The file is gone. Choose it again."))
        return redirect(url_for(".upload"))
    if job.work == HEAD:
        return redirect(url_for(".columns"))
    if job.work == LOOK:
        return render_template("imports/look.html", job=job, found=result, form=TakeForm())
    said = _("Undone.") if job.work == UNDO else _("Taken over.")
    flash(said, "good")
    return redirect(url_for(".show", import_id=result["import_id"]))


@blueprint.post("/jobs/<int:job_id>/take")
@needs(Capability.ROSTER_CHANGE)
def take(job_id: int) -> ResponseReturnValue:
    """Take over the file that was looked at, as it was shown."""
    job, form = _own(job_id), TakeForm()
    result = _result(job) if job.work == LOOK and job.stand == Stand.DONE else None
    if result is None or not form.validate_on_submit():
        return redirect(url_for(".progress", job_id=job_id))
    refused = result["bad"] + result["stuck"]
    if refused and form.take.data != "good":
        flash(_("Nothing was taken over. Mend the wrong rows, then choose the mended file."))
        return redirect(url_for(".progress", job_id=job_id))
    expected = {name: result[name] for name in ("added", "changed", "left", "stuck", "bad")}
    held = {name: job.arguments[name] for name in CARRIED}
    session.pop("roster_file", None)
    return _begin(TAKE, held | {"take": form.take.data, "expected": expected})


@blueprint.get("/jobs/<int:job_id>/mend")
@needs(Capability.ROSTER_CHANGE)
def mend(job_id: int) -> ResponseReturnValue:
    """The rows that are wrong as an Excel file: as they stand, with the reason beside them."""
    job = _own(job_id)
    result = _result(job) if job.work == LOOK and job.stand == Stand.DONE else None
    if not result or "mend" not in result:
        abort(404)
    try:
        file = store().open(result["mend"])
    except FileNotFoundError:
        abort(404)
    name = _("Rows to mend %(name)s.xlsx", name=job.arguments["name"].rpartition(".")[0])
    return send_file(file, EXCEL, as_attachment=True, download_name=name)


@blueprint.app_template_filter("field_title")
def field_title(name: str) -> str:
    """What a fact is called."""
    return told(fields()[name].title)


@blueprint.app_template_filter("fact")
def fact(value: Any, name: str) -> str:
    """A fact as it is shown; phone numbers masked."""
    if name == "honours":
        return "、".join(told(each) for each in honours_in(value)) or "–"
    if name == "phone":
        value = masked(value)
    return f"{value:.15g}" if isinstance(value, float) else str(value or "–")


def _read_light(brought: Brought) -> bool:
    """Read the headings of a file, if that takes no time."""
    with at_hand(store(), brought.key) as path:
        light = is_light(path)
        if light:
            keep_head(store(), brought.key, read_head(path, brought.name))
    return light


def _head(brought: Brought) -> Head | None:
    try:
        return head_of(store(), brought.key)
    except FileNotFoundError:
        return None


def _reading(brought: Brought) -> Job | None:
    """The job that reads the headings of a file, while it is not done."""
    own = (Job.account_id == me().id, Job.work == HEAD, col(Job.stand) != Stand.DONE)
    jobs = records().exec(select(Job).where(*own).order_by(col(Job.id).desc()))
    return next((job for job in jobs if job.arguments["key"] == brought.key), None)


def _columns_page(
    form: LookForm,
    brought: Brought,
    head: Head,
    meant: tuple[str, ...],
    problems: list[str] | None = None,
) -> str:
    return render_template(
        "imports/columns.html",
        form=form,
        brought=brought,
        head=head,
        meant=meant,
        fields=fields(),
        problems=problems or [],
    )


def _column_problems(meant: tuple[str, ...]) -> list[str]:
    found = [
        _("Say which column holds “%(field)s”: no firm can be taken without it.", field=title)
        for title in map(field_title, lacking(meant))
    ]
    return found + [
        _("“%(field)s” was chosen for more than one column; leave one.", field=field_title(name))
        for name in sorted(doubled(meant))
    ]


def _begin(name: str, arguments: dict[str, Any]) -> ResponseReturnValue:
    job = start(records(), me(), name, arguments)
    return redirect(url_for(".progress", job_id=job.id))


def _own(job_id: int) -> Job:
    """A step of an import that whoever asks began; anything else is not there."""
    job = records().get(Job, job_id) if job_id <= LARGEST_ID else None
    if job is not None and job.account_id != me().id:
        refuse_and_note("access.foreign", f"job:{job_id}")
        abort(404)
    if job is None or job.work not in (HEAD, LOOK, TAKE, UNDO):
        abort(404)
    return job


def _result(job: Job) -> dict[str, Any] | None:
    """What a step left behind; None where that was cleared away."""
    try:
        found: dict[str, Any] = orjson.loads(store().get(job.key)) if job.key else {}
    except FileNotFoundError:
        return None
    return found or None


def language() -> Language:
    """The language that whoever asks reads."""
    return "en" if str(get_locale()).startswith("en") else "zh"
