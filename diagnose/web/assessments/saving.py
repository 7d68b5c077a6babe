"""Saving while somebody types: a few answers at a time, without a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime
from flask_babel import gettext as _
from pydantic import BaseModel, Field, ValidationError
from werkzeug.exceptions import BadRequest

from diagnose.access import Capability
from diagnose.records import Assessment, Status
from diagnose.web.access import find, needs
from diagnose.web.assessments import operations
from diagnose.web.assessments.blueprint import blueprint
from diagnose.web.assessments.overview import overlook
from diagnose.web.assessments.parsing import Said, gather, merge, spoken
from diagnose.web.assessments.wording import in_words, share_of
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.languages import language, told
from diagnose.web.reading import questionnaire_of, raw_answers
from questionnaires.check import check_answers
from questionnaires.model import Question, Questionnaire


class Sent(BaseModel):
    """What a page sends: the save it knows of, and the fields of the questions touched since."""

    edition: int = Field(ge=0)
    answers: dict[str, Said] = Field(min_length=1)

    @classmethod
    def of_request(cls, questionnaire: Questionnaire) -> Sent:
        """The request's JSON; anything else is a bad request."""
        try:
            sent = cls.model_validate_json(request.get_data())
        except ValidationError as error:
            raise BadRequest from error
        if not sent.answers.keys() <= questionnaire.index.keys():
            raise BadRequest
        return sent


@blueprint.post("/<int:assessment_id>/answers")
@needs(Capability.FILL)
def autosave(assessment_id: int) -> ResponseReturnValue:
    """Keep the answers that can be taken; 409 with what is kept if another window was faster."""
    assessment = find(Assessment, assessment_id)
    questionnaire = questionnaire_of(assessment)
    sent = Sent.of_request(questionnaire)
    if assessment.status != Status.DRAFT or assessment.edition != sent.edition:
        return _refuse(assessment, questionnaire, sent.answers)
    kept = raw_answers(records(), assessment_id)
    given = gather((questionnaire[id_], said) for id_, said in sent.answers.items())
    merged = merge(questionnaire, kept, given.answers)
    edition, moment = assessment.edition, assessment.saved_at
    if merged.changed:
        try:
            moment = operations.save_answers(records(), assessment, merged.changed, edition)
        except ChangedMeanwhile:
            records().refresh(assessment)
            return _refuse(assessment, questionnaire, sent.answers)
        edition += 1
    return {
        "edition": edition,
        "saved_at": moment.isoformat(),
        "time": format_datetime(moment, "HH:mm"),
        "problems": {id_: told(problem) for id_, problem in given.problems.items()},
        "filled": {id_: spoken(raw).model_dump() for id_, raw in merged.filled.items()},
        "shares": _shares(_around(questionnaire, sent.answers), merged.after),
        "progress": _progress(questionnaire, merged.after),
    }


def _refuse(
    assessment: Assessment, questionnaire: Questionnaire, touched: Iterable[str]
) -> ResponseReturnValue:
    """409: the sheet is closed, or was saved elsewhere; with what is kept of the page."""
    assert assessment.id is not None
    if assessment.status != Status.DRAFT:
        return {"closed": url_for(".submitted", assessment_id=assessment.id)}, 409
    kept = raw_answers(records(), assessment.id)
    return {
        "edition": assessment.edition,
        "kept": {
            question.id: spoken(kept.get(question.id)).model_dump()
            | {"words": in_words(question, kept.get(question.id), language())}
            for question in _around(questionnaire, touched)
        },
    }, 409


def _around(questionnaire: Questionnaire, touched: Iterable[str]) -> list[Question]:
    """The questions of the sections in which something was touched."""
    ids = set(touched)
    return [
        question
        for section in questionnaire.sections
        if any(asked.id in ids for asked in section.questions)
        for question in section.questions
    ]


def _shares(questions: Iterable[Question], kept: Mapping[str, object]) -> dict[str, dict[str, Any]]:
    shares = {question.id: share_of(question, kept) for question in questions}
    return {id_: asdict(share) for id_, share in shares.items() if share is not None}


def _progress(questionnaire: Questionnaire, kept: Mapping[str, object]) -> dict[str, Any]:
    overview = overlook(check_answers(questionnaire, kept).sheets)
    done = {"done": overview.settled, "of": overview.of}
    return done | {
        "words": _("Required questions settled: %(done)s of %(of)s", **done),
        "sections": {
            state.section.id: {"done": state.done, "of": state.of, "standing": state.standing}
            for state in overview.sections
        },
    }
