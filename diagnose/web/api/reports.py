"""What the bureau's own systems may read of accepted diagnoses: verified scores, reports."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.sql.expression import Select
from werkzeug.exceptions import NotFound

from diagnose.access import Capability, visible
from diagnose.records import Consent, Diagnosis, Firm, Report, Use, note
from diagnose.reporting.issuing import open_editions
from diagnose.web.access import LARGEST_ID, actor, me, refuse_and_note
from diagnose.web.api.files import report_file
from diagnose.web.api.resources import page_of, resource
from diagnose.web.api.shapes import Page, PageQuery, ReportRow, ResultRow
from diagnose.web.apierrors import ApiTrouble
from diagnose.web.database import records
from questionnaires.text import Text

ACCEPTED = ("done", "expired")
NO_CONSENT = Text(
    "企业没有同意向主管部门提供报告。",
    "The firm has not agreed that the bureau may have its report.",
)


@resource(
    "GET /results",
    Capability.SHORT_REPORT,
    Text("结果：已验收诊断的核实得分与等级", "Results: verified scores of accepted diagnoses"),
    query=PageQuery,
    gives=Page[ResultRow],
)
def results(query: PageQuery) -> Page[ResultRow]:
    """Verified scores; each firm whose score is handed out finds that in its log."""
    reply = Page[ResultRow](**page_of(query, _accepted(), _result_row))
    _log_look("view.result", {row.uscc for row in reply.items})
    return reply


@resource(
    "GET /reports",
    Capability.SHORT_REPORT,
    Text(
        "报告：已验收的版本；企业同意的附下载地址",
        "Reports: accepted versions; files where the firm agreed",
    ),
    query=PageQuery,
    gives=Page[ReportRow],
)
def reports(query: PageQuery) -> Page[ReportRow]:
    """Accepted reports, with files where the firm agreed."""
    return Page[ReportRow](**page_of(query, _accepted(), _report_row))


@resource(
    "GET /reports/<int:report_id>/<edition>",
    Capability.SHORT_REPORT,
    Text(
        "报告：企业同意提供的报告文件，不含安全薄弱环节",
        "Reports: a file of a report, with the firm's consent, without security weaknesses",
    ),
    refuses=(403, 404),
)
def full_report(report_id: int, edition: str) -> Response:
    """A file of the open edition: security weaknesses are for the firm and its provider alone."""
    row = None
    if report_id <= LARGEST_ID:
        row = records().exec(_accepted().where(col(Report.id) == report_id)).first()
    if row is None:
        if report_id <= LARGEST_ID and records().get(Report, report_id) is not None:
            refuse_and_note("access.foreign", f"report:{report_id}")
        raise NotFound
    known, _diagnosis, report, agreed = row
    if not agreed:
        refuse_and_note("access.refused", f"report:{report_id}")
        raise ApiTrouble(403, "consent_needed", NO_CONSENT)
    if edition not in open_editions(report):
        raise NotFound
    return report_file(report, known.id or 0, edition)


def _accepted() -> Select[*tuple[Any, ...]]:
    """The last version of each accepted report of the district, and whether the firm consents."""
    last = (
        select(Report.diagnosis_id, func.max(Report.version).label("version"))
        .group_by(col(Report.diagnosis_id))
        .subquery()
    )
    agreed = (
        select(Consent.id)
        .where(
            Consent.firm_id == Firm.id,
            Consent.use == Use.FULL_REPORT,
            col(Consent.withdrawn_at).is_(None),
        )
        .exists()
    )
    found: Select[*tuple[Any, ...]] = (
        select(Firm, Diagnosis, Report, agreed)
        .join(Diagnosis, col(Diagnosis.firm_id) == Firm.id)
        .join(last, last.c.diagnosis_id == Diagnosis.id)
        .join(
            Report,
            (col(Report.diagnosis_id) == last.c.diagnosis_id)
            & (col(Report.version) == last.c.version),
        )
        .where(visible(me(), Firm), col(Diagnosis.state).in_(ACCEPTED))
        .order_by(col(Diagnosis.id))
    )
    return found


def _result_row(row: Any) -> ResultRow:
    known, diagnosis, report, _agreed = row
    return ResultRow(
        uscc=known.uscc,
        number=diagnosis.number,
        standard=report.standard,
        standard_version=report.standard_version,
        score=report.score,
        level=report.level,
        accepted_on=diagnosis.accepted_on,
        valid_until=diagnosis.valid_until,
    )


def _report_row(row: Any) -> ReportRow:
    known, _diagnosis, report, agreed = row
    editions = open_editions(report) if agreed else []
    files = {
        name: url_for("api.full_report", report_id=report.id, edition=name) for name in editions
    }
    return ReportRow.model_validate(report.model_dump() | {"uscc": known.uscc, "files": files})


def _log_look(action: str, codes: set[str]) -> None:
    """One row of the log for each firm whose result was handed out."""
    looked = records().exec(select(Firm.id).where(col(Firm.uscc).in_(codes))).all()
    for firm_id in looked:
        note(records(), actor(), action, f"firm:{firm_id}", firm_id=firm_id)
    records().commit()
