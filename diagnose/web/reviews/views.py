"""Reviews: the queue of a reviewer, and one review."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.quality import Quality, quality_from
from diagnose.quality.criteria import CRITERIA
from diagnose.records import Decision, Diagnosis, Firm, Report, Review, note
from diagnose.reporting.assessing import like_reports
from diagnose.reporting.issuing import MEDIA, open_editions, open_name
from diagnose.reviewing import DecisionRefused
from diagnose.reviewing import accept as accept_review
from diagnose.reviewing import return_ as return_review
from diagnose.web.access import LARGEST_ID, actor, find, me, needs, saw
from diagnose.web.assessments.fields import legibly
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.languages import language, told
from diagnose.web.paging import page_number
from diagnose.web.reviews import operations
from diagnose.web.reviews.blueprint import blueprint
from diagnose.web.reviews.forms import AcceptForm, MarksForm, ReturnForm
from diagnose.web.reviews.listing import done, waiting
from diagnose.workflow import MoveRefused
from questionnaires.text import Text
from reports.html import article_of


@dataclass(frozen=True)
class Under:
    """A report under review."""

    review: Review
    report: Report
    diagnosis: Diagnosis
    firm: Firm

    @property
    def quality(self) -> Quality:
        """The system's score, frozen with the report."""
        return quality_from(self.report.quality)

    @property
    def system(self) -> dict[str, float]:
        """The system's points by criterion."""
        return {mark.id: mark.points for mark in self.quality.marks}


@blueprint.get("/")
@needs(Capability.REVIEW)
def queue() -> ResponseReturnValue:
    """What waits for the reviewer, and what is done."""
    return render_template(
        "reviews/queue.html",
        waiting=waiting(records(), me()),
        done=done(records(), me(), page_number(request.args)),
    )


@blueprint.get("/<int:review_id>")
@needs(Capability.REVIEW)
def show(review_id: int) -> ResponseReturnValue:
    """One review: the report, the system's figures, the reviewer's marks, the two ways on."""
    return _page(_under(review_id))


@blueprint.get("/<int:review_id>/report")
@needs(Capability.REVIEW)
def read(review_id: int) -> str:
    """The frozen report as a page."""
    under = _under(review_id)
    edition = open_name(language(), "html")
    article = article_of(_stored(under, edition).decode())
    saw("report", f"report:{under.report.id}", under.firm.id or 0)
    return render_template("reviews/read.html", under=under, article=article)


@blueprint.get("/<int:review_id>/files/<edition>")
@needs(Capability.REVIEW)
def file(review_id: int, edition: str) -> Response:
    """One edition of the frozen report; those that name security weaknesses are not there."""
    under = _under(review_id)
    content = _stored(under, edition)
    note(
        records(), actor(), "report.download", f"report:{under.report.id}",
        firm_id=under.firm.id, file=edition,
    )  # fmt: skip
    records().commit()
    response = Response(content, content_type=MEDIA[edition.rpartition(".")[2]])
    name = f"{under.report.number}-{under.report.version}-{edition}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/<int:review_id>/marks")
@needs(Capability.REVIEW)
def marks(review_id: int) -> ResponseReturnValue:
    """Keep the marks."""
    under, form = _under(review_id), MarksForm()
    if not form.validate():
        return _page(under, marks=form, status=422)
    found = [*under.report.quality.get("red", ())]
    typed = legibly(form.red.data or "").splitlines()
    red = [*found, *(line.strip() for line in typed if line.strip())]
    comment = legibly(form.comment.data or "")
    try:
        operations.keep_marks(
            records(), under.review, under.diagnosis, form.marked(under.system), red, comment,
            form.opened_on,
        )  # fmt: skip
    except ChangedMeanwhile:
        again = _under(review_id)
        form.edition.data = again.review.edition
        flash(
            _("The marks were saved in another window meanwhile. Check, then save again."), "warn"
        )
        return _page(again, marks=form, status=409)
    flash(_("The marks are kept."), "good")
    return redirect(url_for(".show", review_id=review_id))


@blueprint.post("/<int:review_id>/accept")
@needs(Capability.REVIEW)
def accept(review_id: int) -> ResponseReturnValue:
    """Accept the report; the bureau decides last."""
    under, form = _under(review_id), AcceptForm()
    if not form.validate():
        return _page(under, accepting=form, status=422)
    try:
        accept_review(
            records(), under.review, actor(), edition=form.opened_on, least=CRITERIA.accept
        )
        records().commit()
    except DecisionRefused as refused:
        records().rollback()
        return _page(_under(review_id), problems=(refused.message,), status=409)
    flash(_("You accepted the report. The bureau decides last; your access ends here."), "good")
    return redirect(url_for(".queue"))


@blueprint.post("/<int:review_id>/return")
@needs(Capability.REVIEW)
def return_(review_id: int) -> ResponseReturnValue:
    """Return the report with numbered defects."""
    under, form = _under(review_id), ReturnForm()
    if not form.validate():
        return _page(under, returning=form, status=422)
    try:
        return_review(
            records(), under.review, under.diagnosis, form.listed, me(), actor(),
            edition=form.opened_on,
        )  # fmt: skip
        records().commit()
    except DecisionRefused as refused:
        records().rollback()
        return _page(_under(review_id), returning=form, problems=(refused.message,), status=409)
    except MoveRefused as refused:
        records().rollback()
        return _page(
            _under(review_id), returning=form, problems=tuple(refused.problems), status=409
        )
    flash(_("The report is back with its provider; your access ends here."), "info")
    return redirect(url_for(".queue"))


def _under(review_id: int) -> Under:
    """An open review of this reviewer; anything else is 404."""
    review = records().get(Review, review_id) if review_id <= LARGEST_ID else None
    # The way through the diagnosis logs a look at what is another's, or no longer one's own.
    diagnosis = find(Diagnosis, review.diagnosis_id) if review else None
    if review is None or diagnosis is None or review.reviewer_id != me().id:
        abort(404)
    if review.decision != Decision.OPEN:
        abort(404)
    return Under(
        review,
        records().get_one(Report, review.report_id),
        diagnosis,
        records().get_one(Firm, diagnosis.firm_id),
    )


def _stored(under: Under, edition: str) -> bytes:
    if edition not in open_editions(under.report):
        abort(404)
    held = under.report.files[edition]
    content: bytes = current_app.extensions["store"].get(held["key"])
    return content


def _page(
    under: Under,
    *,
    marks: MarksForm | None = None,
    accepting: AcceptForm | None = None,
    returning: ReturnForm | None = None,
    problems: tuple[Text, ...] = (),
    status: int = 200,
) -> ResponseReturnValue:
    marked = marks or MarksForm.of(under.review, under.system)
    edition = under.review.edition
    page = render_template(
        "reviews/review.html",
        under=under,
        quality=under.quality,
        criteria=CRITERIA.criteria,
        like=like_reports(records(), under.diagnosis, under.report.text)[:5],
        form=marked,
        accepting=accepting or AcceptForm(formdata=None),
        returning=returning or ReturnForm(formdata=None),
        edition=edition,
        problems=[told(problem) for problem in problems],
        least=CRITERIA.accept,
    )
    saw("report", f"report:{under.report.id}", under.firm.id or 0)
    return page, status
