"""What a firm's own systems may read and hand in: its results, its reports, its sheet in work."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from sqlmodel import col, select
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.records import Assessment, Firm, Judgement, Report
from diagnose.reporting.issuing import full_editions
from diagnose.web.access import LARGEST_ID, me, refuse_and_note
from diagnose.web.api.files import report_file
from diagnose.web.api.resources import page_of, resource
from diagnose.web.api.shapes import (
    OwnResult,
    Page,
    PageQuery,
    ReportRow,
    SheetPut,
    SheetReply,
)
from diagnose.web.apierrors import SAID, ApiTrouble
from diagnose.web.assessments import operations
from diagnose.web.assessments.firm_facts import check_firm
from diagnose.web.assessments.overview import overlook
from diagnose.web.assessments.parsing import merge
from diagnose.web.confirmations.sent_reports import sent_reports
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.reading import questionnaire, questionnaire_of, raw_answers, raw_firm, sheet_of
from questionnaires.check import check_answers
from questionnaires.text import Text
from questionnaires.writers import raw_answers as plain_answers

NOT_YOURS = Text("只能提交本企业的答卷。", "Only your own firm's sheet can be handed in.")


@resource(
    "GET /own/results",
    Capability.RESULT,
    Text("本企业：各次测评的得分与等级", "Own firm: scores and levels of each assessment"),
    query=PageQuery,
    gives=Page[OwnResult],
)
def own_results(query: PageQuery) -> Page[OwnResult]:
    """The firm's scores."""
    found = (
        select(Assessment, Judgement)
        .join(Judgement, col(Judgement.assessment_id) == Assessment.id)
        .where(Assessment.firm_id == me().firm_id)
        .order_by(col(Judgement.id).desc())
    )
    return Page[OwnResult](**page_of(query, found, _own_result))


@resource(
    "GET /own/reports",
    Capability.RESULT,
    Text("本企业：已送达的报告及下载地址", "Own firm: reports that reached it, with their files"),
    gives=Page[ReportRow],
)
def own_reports() -> Page[ReportRow]:
    """The reports that reached the firm."""
    known = _own_firm()
    rows = [_report_row(known, held.report) for held in sent_reports(records(), known.id or 0)]
    return Page[ReportRow](items=rows, count=len(rows), page=1, pages=1, next=None)


@resource(
    "GET /own/reports/<int:report_id>/<edition>",
    Capability.RESULT,
    Text("本企业：报告文件", "Own firm: a file of a report"),
    refuses=(404,),
)
def own_report(report_id: int, edition: str) -> Response:
    """A file of one of them."""
    known = _own_firm()
    for held in sent_reports(records(), known.id or 0):
        if held.report.id == report_id:
            return report_file(held.report, known.id or 0, edition)
    if report_id <= LARGEST_ID and records().get(Report, report_id) is not None:
        refuse_and_note("access.foreign", f"report:{report_id}")
    raise NotFound


@resource(
    "GET /own/sheet",
    Capability.FILL,
    Text("本企业：正在填写的答卷", "Own firm: the answer sheet being filled in"),
    gives=SheetReply,
    refuses=(404,),
)
def own_sheet() -> SheetReply:
    """The draft."""
    known = _own_firm()
    draft = operations.open_draft(records(), known.id or 0)
    if draft is None:
        raise NotFound
    return _sheet(known, draft)


@resource(
    "POST /own/sheet",
    Capability.FILL,
    Text(
        "本企业：写入答卷草稿；提交须由企业负责人在页面上完成",
        "Own firm: write into the draft; handing it in is done on the page by the firm's head",
    ),
    takes=SheetPut,
    gives=SheetReply,
    refuses=(409, 413, 415),
)
def put_sheet(body: SheetPut) -> tuple[SheetReply, int]:
    """Write answers into the draft: all of them, or none where one is wrong."""
    known = _own_firm()
    if body.firm.get("uscc", known.uscc) != known.uscc:
        raise ApiTrouble(422, *SAID[422], [("body.firm.uscc", NOT_YOURS)])
    answers, facts = _checked(known, body)
    draft = operations.open_draft(records(), known.id or 0)
    code = 200
    if draft is None:
        draft, code = operations.begin(records(), known, facts, questionnaire()), 201
    elif draft.edition != body.edition:
        raise ApiTrouble(409, *SAID[409], [("body.edition", _edition(draft))])
    kept = raw_answers(records(), draft.id or 0)
    changed = merge(questionnaire(), kept, answers).changed
    if changed:
        try:
            operations.save_answers(records(), draft, changed, draft.edition)
        except ChangedMeanwhile:
            raise ApiTrouble(409, *SAID[409]) from None
        records().refresh(draft)
    return _sheet(known, draft), code


def _checked(known: Firm, body: SheetPut) -> tuple[dict[str, object], Any]:
    """The answers in the form in which they are kept and the firm's facts, or all that is wrong."""
    given = raw_firm(known.uscc, known) | body.firm
    found = check_answers(questionnaire(), body.answers)
    wrong = [(f"body.answers.{name}", why) for name, why in found.problems.items()]
    checked = check_firm(questionnaire(), {k: v for k, v in given.items() if v not in (None, "")})
    wrong += [(f"body.firm.{name}", why) for name, why in checked.problems.items()]
    if wrong or checked.entry is None:
        raise ApiTrouble(422, *SAID[422], wrong)
    return plain_answers(found.sheets, 0), checked.entry


def _edition(draft: Assessment) -> Text:
    return Text(f"现为第 {draft.edition} 版。", f"It is at edition {draft.edition} now.")


def _sheet(known: Firm, draft: Assessment) -> SheetReply:
    overview = overlook(sheet_of(records(), draft, known.uscc))
    missing = [question.id for part in overview.sections for _at, question in part.missing]
    return SheetReply(
        assessment=draft.id or 0,
        edition=draft.edition,
        questionnaire=draft.questionnaire,
        version=questionnaire_of(draft).version,
        firm=raw_firm(known.uscc, draft),
        answers=raw_answers(records(), draft.id or 0),
        settled=overview.settled,
        of=overview.of,
        missing=missing,
    )


def _own_firm() -> Firm:
    return records().get_one(Firm, me().firm_id)


def _own_result(row: Any) -> OwnResult:
    assessment, judgement = row
    return OwnResult.model_validate(
        judgement.model_dump()
        | {
            "assessment": assessment.id,
            "submitted_at": assessment.submitted_at,
            "of": judgement.asked,
        }
    )


def _report_row(known: Firm, report: Report) -> ReportRow:
    files = {
        name: url_for("api.own_report", report_id=report.id, edition=name)
        for name in full_editions(report)
    }
    return ReportRow.model_validate(report.model_dump() | {"uscc": known.uscc, "files": files})
