"""What the bureau's own systems may read and change: roster, results, coverage, reports."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from sqlalchemy import func, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import Select
from werkzeug.exceptions import NotFound

from diagnose.access import Capability, visible
from diagnose.coverage import Frozen, Tally, count_coverage
from diagnose.records import Campaign, Consent, Diagnosis, Firm, FirmEntry, Report, Use, note
from diagnose.reporting.issuing import open_editions
from diagnose.roster.checking import EventRefused
from diagnose.roster.standing import Standing
from diagnose.web.access import LARGEST_ID, actor, me, refuse_and_note
from diagnose.web.api.files import report_file
from diagnose.web.api.resources import page_of, resource
from diagnose.web.api.shapes import (
    CoverageQuery,
    CoverageReply,
    FirmPut,
    FirmRow,
    FrozenRow,
    Page,
    PageQuery,
    ReportRow,
    ResultRow,
    RosterQuery,
    TallyRow,
)
from diagnose.web.apierrors import SAID, ApiTrouble
from diagnose.web.assessments.firm_facts import check_firm
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.reading import questionnaire
from diagnose.web.roster import operations
from diagnose.web.roster.forms import fingerprint
from questionnaires.clock import today
from questionnaires.text import Text

ACCEPTED = ("done", "expired")
BEFORE = {"street": "region", "industry": "division"}
"""Parts that the first release of this address called otherwise."""
NOW = {called: part for part, called in BEFORE.items()}
NO_CONSENT = Text(
    "企业没有同意向主管部门提供报告。",
    "The firm has not agreed that the bureau may have its report.",
)


@resource(
    "GET /roster",
    Capability.ROSTER,
    Text("名录：本辖区的企业", "Roster: the firms of the district"),
    query=RosterQuery,
    gives=Page[FirmRow],
)
def roster(query: RosterQuery) -> Page[FirmRow]:
    """The firms of the district, page by page."""
    standing = Standing(me().district, today())
    found = standing.of(Firm, standing.state, standing.covered).order_by(col(Firm.id))
    if query.q:
        found = found.where(
            or_(col(Firm.name).contains(query.q, autoescape=True), col(Firm.uscc) == query.q)
        )
    if query.region:
        found = found.where(col(Firm.region) == query.region)
    if query.industry:
        found = found.where(col(Firm.industry).startswith(query.industry, autoescape=True))
    if query.on_roster is not None:
        found = found.where(col(Firm.on_roster) == query.on_roster)
    if query.state:
        found = found.where(standing.state == query.state)
    return Page[FirmRow](**page_of(query, found, lambda row: _firm_row(*row)))


@resource(
    "GET /roster/<uscc>",
    Capability.ROSTER,
    Text("名录：一家企业", "Roster: one firm"),
    gives=FirmRow,
    refuses=(404,),
)
def firm(uscc: str) -> FirmRow:
    """One firm of the district."""
    known = _firm(uscc)
    if known is None:
        raise NotFound
    return _standing(known)


@resource(
    "PUT /roster/<uscc>",
    Capability.ROSTER_CHANGE,
    Text("名录：新增或更改一家企业", "Roster: add or change one firm"),
    takes=FirmPut,
    gives=FirmRow,
    refuses=(404, 409, 413, 415),
)
def put_firm(uscc: str, body: FirmPut) -> tuple[FirmRow, int]:
    """Add a firm, or change one; its diagnosis is opened where it is due."""
    known = _firm(uscc)
    facts = body.model_dump(exclude={"version", "on_roster"}, exclude_none=True)
    checked = check_firm(
        questionnaire(), {k: v for k, v in facts.items() if v != ""} | {"uscc": uscc}
    )
    if checked.entry is None:
        wrong = [(f"body.{name}", why) for name, why in checked.problems.items()]
        raise ApiTrouble(422, *SAID[422], wrong)
    beside = {"district": me().district, "on_roster": body.on_roster}
    entry = FirmEntry.model_validate(checked.entry.model_dump() | beside)
    try:
        kept = _kept(known, entry, body.version)
    except ChangedMeanwhile:
        raise ApiTrouble(409, *SAID[409]) from None
    except EventRefused as refused:
        wrong = [("body", problem) for problem in refused.problems]
        raise ApiTrouble(422, *SAID[422], wrong) from None
    operations.open_diagnoses(records(), me().district, [kept.id or 0])
    records().commit()
    return _standing(kept), 201 if known is None else 200


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
    "GET /coverage",
    Capability.COVERAGE,
    Text("覆盖率：某一天的诊断覆盖情况", "Coverage: how many are covered on a day"),
    query=CoverageQuery,
    gives=CoverageReply,
)
def coverage(query: CoverageQuery) -> CoverageReply:
    """Coverage of the district on a day, and of a campaign where one is named."""
    day, district = query.on or today(), me().district
    campaign = _campaign(district, query.campaign) if query.campaign else None
    found = count_coverage(records(), district, day, campaign)
    parts = {
        BEFORE.get(name, name): [_tally(one) for one in held] for name, held in found.by.items()
    }
    held = found.assessed
    return CoverageReply(
        district=found.district,
        day=found.day,
        total=_tally(found.total),
        by={name: rows for name, rows in parts.items() if query.by in {"", name, NOW.get(name)}},
        ever=found.ever,
        newcomers=found.newcomers,
        late=found.late,
        grounds={ground.name.lower(): count for ground, count in found.grounds.items()},
        states=dict(found.states),
        assessed=held and _frozen(held, found.listed, found.list_version),
    )


def _campaign(district: str, name: str) -> Campaign:
    """A campaign of the district by its name, with a frozen list; otherwise it is not there."""
    named = (Campaign.district == district, Campaign.name == name)
    found = records().exec(select(Campaign).where(*named)).first()
    if found is None or found.frozen_at is None:
        raise NotFound
    return found


def _frozen(held: Frozen, listed: int, version: str) -> FrozenRow:
    counts = {name: getattr(held, name) for name in ("firms", "out", "due", "done", "share")}
    return FrozenRow(list_version=version, listed=listed, **counts)


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


def _kept(known: Firm | None, entry: FirmEntry, version: str | None) -> Firm:
    """The firm as it was given, new or changed."""
    if known is None:
        return operations.add_firm(records(), entry)
    changes = {name: getattr(entry, name) for name in (*operations.FACTS, "on_roster")}
    operations.change_firm(records(), known, changes, version or fingerprint(known))
    return known


def _firm(uscc: str) -> Firm | None:
    """The district's firm; another district's is not there, and that it was asked for is logged."""
    known = records().exec(select(Firm).where(col(Firm.uscc) == uscc)).first()
    if known is not None and known.district != me().district:
        refuse_and_note("access.foreign", f"firm:{known.id}")
        raise NotFound
    return known


def _standing(known: Firm) -> FirmRow:
    standing = Standing(me().district, today())
    found = standing.of(Firm, standing.state, standing.covered).where(col(Firm.id) == known.id)
    row: Any = records().exec(found).one()
    return _firm_row(*row)


def _firm_row(known: Firm, state: str, covered: bool) -> FirmRow:
    return FirmRow.model_validate(
        known.model_dump() | {"state": state, "covered": covered, "version": fingerprint(known)}
    )


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


def _tally(found: Tally) -> TallyRow:
    return TallyRow(
        key=found.key,
        listed=found.listed,
        excluded=found.excluded,
        due=found.due,
        covered=found.covered,
        share=found.share,
        assessed=found.assessed,
    )
