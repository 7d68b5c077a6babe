"""The one next step of a firm: the first of these that applies."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnose.records import Stage
from diagnose.web.firms.standing import Course, Standing
from diagnose.web.firms.steps import Step


def next_steps(standing: Standing, waiting: Sequence[Step]) -> tuple[Step, Sequence[Step]]:
    """What the firm should do next, and what else waits for it.

    While its diagnosis is the turn of others, the first of what waits comes next.
    """
    found = (rule(standing) for rule in RULES)
    step = next(step for step in found if step is not None)
    return (waiting[0], waiting[1:]) if waiting and not step.address else (step, waiting)


def _confirm(standing: Standing) -> Step | None:
    course = standing.course
    if course is None or course.row.state != "with_firm" or course.report is None:
        return None
    return Step(
        _("Read the report and confirm it"),
        _("Go through it item by item: confirm what is right, object to what is not."),
        url_for("confirmations.read", report_id=course.report.id),
        _("Open the report"),
        course.row.due_at,
    )


def _exempt(standing: Standing) -> Step | None:
    if standing.course is None or standing.course.row.state != "exempt":
        return None
    return Step(
        _("Nothing to do at present"),
        _("Your firm is exempt this time. If you like, the self-assessment still shows its level."),
        url_for("assessments.mine"),
        _("To the self-assessment"),
    )


def _go_on(standing: Standing) -> Step | None:
    if standing.draft is None or standing.overview is None:
        return None
    missing = standing.overview.missing
    if not missing:
        return Step(
            _("Check the self-assessment and submit it"),
            _("Every required question has an answer."),
            url_for("assessments.review", assessment_id=standing.draft.id),
            _("Check and submit"),
        )
    return Step(
        _("Go on with the self-assessment"),
        ngettext(
            "One required question is still open.",
            "%(num)s required questions are still open.",
            missing,
        ),
        url_for("assessments.resume", assessment_id=standing.draft.id),
        _("Go on filling in"),
    )


def _begin(standing: Standing) -> Step | None:
    wanted = standing.course is not None and standing.course.wants_sheet
    if standing.submitted and not wanted:
        return None
    return Step(
        _("Begin the self-assessment"),
        _("Your diagnosis needs a sheet of this round; answers of last time are offered again.")
        if standing.submitted
        else _("It is the ground on which consultants work, and shows your level at once."),
        url_for("assessments.begin"),
        _("Begin the self-assessment"),
    )


def _decide(standing: Standing) -> Step | None:
    undecided = standing.projects.get(Stage.SUGGESTED, 0)
    confirmed = standing.course is not None and standing.course.row.state in {"in_review", "done"}
    if not undecided or not confirmed:
        return None
    return Step(
        _("Decide on the project plan"),
        ngettext(
            "One suggested project waits for your decision.",
            "%(num)s suggested projects wait for your decision.",
            undecided,
        ),
        url_for("plans.show"),
        _("Open the project plan"),
    )


def _wait(standing: Standing) -> Step:
    course = standing.course
    if course is None:
        return Step(
            _("Nothing to do at present"),
            _("The bureau opens a diagnosis for your firm when its turn comes."),
        )
    return Step(_("Nothing to do at present"), _turn(course), due=course.row.due_at)


def _turn(course: Course) -> str:
    turn = course.meaning.turn
    return str(_("It is the turn of: %(who)s.", who=turn)) if turn else str(course.meaning.words)


RULES: tuple[Callable[[Standing], Step | None], ...] = (
    _confirm,
    _exempt,
    _go_on,
    _begin,
    _decide,
    _wait,
)
