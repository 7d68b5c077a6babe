"""How far a job is, and what it made; for whoever started it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial

from flask import (
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Connection, Engine
from sqlmodel import Session
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.jobs import WORKS
from diagnose.jobs.board import HowFar
from diagnose.jobs.doing import problem_of
from diagnose.records import Job, Stand, note
from diagnose.storage import Store
from diagnose.web.access import LARGEST_ID, actor, me, needs, refuse_and_note
from diagnose.web.database import records
from diagnose.web.jobs.blueprint import blueprint
from diagnose.web.languages import told

PIECE = 64 * 1024
WORDS = {
    Stand.WAITING: _l("Waiting for its turn."),
    Stand.RUNNING: _l("Begun."),
    Stand.DONE: _l("Done."),
    Stand.FAILED: _l("Failed."),
}


@blueprint.get("/<int:job_id>")
@needs(Capability.OWN_ACCOUNT)
def show(job_id: int) -> ResponseReturnValue:
    """How far a job is."""
    job = _own(job_id)
    return render_template(
        "jobs/job.html", job=job, work=WORKS.get(job.work), problem=problem_of(job)
    )


@blueprint.get("/<int:job_id>/stand")
@needs(Capability.OWN_ACCOUNT)
def stand(job_id: int) -> ResponseReturnValue:
    """The same for the page's script."""
    job = _own(job_id)
    far = how_far(job)
    return jsonify(
        ended=job.ended_at is not None, done=far.done, total=far.total, words=in_words(job, far)
    )


@blueprint.get("/<int:job_id>/result")
@needs(Capability.OWN_ACCOUNT)
def download(job_id: int) -> ResponseReturnValue:
    """The file that a job made."""
    job = _own(job_id)
    if not job.key or request.method == "HEAD":
        return redirect(url_for(".show", job_id=job_id))
    store: Store = current_app.extensions["store"]
    key, name, content = job.key, job.name, store.get(job.key)
    note(records(), actor(), "job.fetch", f"job:{job_id}")
    records().commit()
    answer = send_file(
        io.BytesIO(content), as_attachment=True, download_name=name, conditional=False
    )
    answer.response = _handed_over(
        content, partial(_forget, records().get_bind(), store, job_id, key)
    )
    answer.direct_passthrough = False
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _handed_over(content: bytes, forget: Callable[[], None]) -> Iterator[bytes]:
    """The file piece by piece; deleted once the last was taken, kept where the way breaks off."""
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]
    forget()


def _forget(database: Engine | Connection, store: Store, job_id: int, key: str) -> None:
    with Session(database) as session:  # the request's own is closed by now
        session.get_one(Job, job_id).key = ""
        session.commit()
    store.remove(key)


@blueprint.app_template_global("how_far")
def how_far(job: Job) -> HowFar:
    """How far a job is, by its own last word."""
    said = current_app.extensions["desk"].board.read(job.id) if job.stand == Stand.RUNNING else None
    return said or HowFar(job.done, job.total)


@blueprint.app_template_global("job_in_words")
def in_words(job: Job, far: HowFar) -> str:
    """How a job stands, as a sentence."""
    if job.stand != Stand.RUNNING or not far.total:
        return str(WORDS[Stand(job.stand)])
    if far.doing:
        share = 100 * far.done // far.total
        return str(_("%(stage)s: %(share)s%%", stage=told(far.doing), share=share))
    return str(_("%(done)s of %(total)s", done=far.done, total=far.total))


def _own(job_id: int) -> Job:
    """A job of whoever asks; another's is not there, and that it was asked for is logged."""
    job = records().get(Job, job_id) if job_id <= LARGEST_ID else None
    if job is None:
        raise NotFound
    if job.account_id != me().id:
        refuse_and_note("access.foreign", f"job:{job_id}")
        raise NotFound
    return job
