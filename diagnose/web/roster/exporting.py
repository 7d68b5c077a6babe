"""The list as it stands today as an Excel file; of a large district by a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from types import MappingProxyType

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func
from sqlmodel import Session, col

from diagnose.jobs import Context, start, work
from diagnose.records import Firm, note
from diagnose.roster.masking import masked
from diagnose.roster.searching import Search
from diagnose.roster.standing import NEVER, Standing
from diagnose.roster.words import honours_in
from diagnose.web.access import actor, me
from diagnose.web.database import records
from diagnose.web.excel import send_excel, workbook_of
from diagnose.web.judging import level_name, size_name
from diagnose.web.languages import language
from diagnose.web.roster.listing import Row, all_firms, state_named
from diagnose.web.roster.past_pages import AT_ONCE, NAME
from models.firms import industry_name
from questionnaires.clock import day_of, today
from questionnaires.text import Language, Text
from reports.workbook.tables import Column, Sheet

WORK = "roster_list"
YES, NO = Text("是", "yes"), Text("否", "no")
ACCOUNTS: Mapping[str, Text] = MappingProxyType(
    {
        NEVER: Text("无", "None"),
        "waiting": Text("未激活", "Not activated"),
        "active": Text("已激活", "Activated"),
    }
)
Cell = Text | str | float | None


def _honours(row: Row) -> Text:
    titles = honours_in(row.firm.honours)
    return Text(" · ".join(t.zh for t in titles), " · ".join(t.en for t in titles))


def _day(moment: datetime | None) -> str | None:
    return day_of(moment).isoformat() if moment else None


COLUMNS: tuple[tuple[Text, float, Callable[[Row], Cell]], ...] = (
    (Text("统一社会信用代码", "Unified social credit code"), 22, lambda r: r.firm.uscc),
    (Text("企业名称", "Name of the firm"), 36, lambda r: r.firm.name),
    (Text("街道或园区", "Street or park"), 16, lambda r: r.firm.region),
    (Text("行业代码", "Industry code"), 10, lambda r: r.firm.industry),
    (Text("行业", "Industry"), 24, lambda r: industry_name(r.firm.industry)),
    (Text("规上", "Above scale"), 8, lambda r: YES if r.firm.on_roster else NO),
    (Text("从业人员", "Employees"), 10, lambda r: r.firm.employees),
    (Text("营业收入（万元）", "Revenue (CNY 10,000)"), 12, lambda r: r.firm.revenue),
    (Text("规模", "Size"), 10, lambda r: size_name(r.size)),
    (Text("园区", "Park"), 16, lambda r: r.firm.park),
    (Text("产业链", "Industry chain"), 16, lambda r: r.firm.chain),
    (Text("优质企业称号", "Honours"), 26, _honours),
    (Text("联系人", "Contact"), 14, lambda r: r.firm.contact),
    (Text("电话", "Phone"), 16, lambda r: r.firm.phone),
    (Text("账号", "Account"), 12, lambda r: ACCOUNTS[r.account]),
    (Text("自评提交日期", "Self-assessment submitted"), 14, lambda r: _day(r.submitted_at)),
    (Text("诊断", "Diagnosis"), 16, lambda r: r.number),
    (Text("状态", "State"), 14, lambda r: state_named(r.state)),
    (Text("服务机构", "Provider"), 26, lambda r: r.provider),
    (Text("到期", "Due"), 12, lambda r: _day(r.due_at)),
    (Text("已覆盖", "Covered"), 8, lambda r: YES if r.covered else NO),
    (
        Text("核实等级", "Verified level"),
        14,
        lambda r: level_name(r.level) if r.level is not None else None,
    ),
)
PHONE = "Phone"


def send_list(*, phones: bool, reason: str) -> ResponseReturnValue:
    """The firms looked for; that they were fetched is logged before a job begins."""
    search, speech, district = Search.read(request.args), language(), me().district
    found = search.found(Standing(district, today()), func.count(col(Firm.id)))
    count = records().execute(found).scalar_one()
    note(records(), actor(), "roster.export", firms=count, phones=phones, reason=reason)
    records().commit()
    if count > AT_ONCE:
        said = {"search": asdict(search), "phones": phones, "language": speech}
        return redirect(url_for("jobs.show", job_id=start(records(), me(), WORK, said).id))
    name, content = _written(records(), district, search, speech, phones=phones)
    return send_excel(content, name)


@work(WORK, Text("导出名录", "Write the roster to a file"))
def write_list(context: Context) -> tuple[str, bytes]:
    """The list of today, for the job of a large district."""
    said, district = context.arguments, context.account.district
    search = Search(**said["search"])
    return _written(context.session, district, search, said["language"], phones=said["phones"])


def _written(
    session: Session, district: str, search: Search, speech: Language, *, phones: bool
) -> tuple[str, bytes]:
    """The file's name and content."""
    rows = all_firms(session, district, search)
    columns = tuple(
        Column(
            head.to(speech), width, _cells(rows, cell, speech, mask=head.en == PHONE and not phones)
        )
        for head, width, cell in COLUMNS
    )
    content = workbook_of([Sheet(Text("名录", "Roster").to(speech), columns)])
    return NAME.format(district=district, day=today()).to(speech), content


def _cells(
    rows: Sequence[Row], cell: Callable[[Row], Cell], speech: Language, *, mask: bool
) -> list[str | float | None]:
    """A column; phone numbers are masked unless they are wanted."""
    found = []
    for row in rows:
        value = cell(row)
        said = value.to(speech) if isinstance(value, Text) else value
        found.append(masked(str(said)) if mask else said)
    return found
