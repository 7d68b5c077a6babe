"""The year's plan of the whole district: on the page, as one Excel and as one PDF."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from diagnose.access import Capability
from diagnose.jobs import Context, start, work
from diagnose.retrofits.yearplan import YearPlan, plan_of
from diagnose.web.access import me, needs
from diagnose.web.database import records
from diagnose.web.excel import workbook_of
from diagnose.web.fields import PlainForm
from diagnose.web.languages import language
from diagnose.web.pool.blueprint import blueprint
from diagnose.web.pool.year_sheets import (
    KINDS,
    key_of,
    label_of,
    name_of,
    paper_of,
    rows_sheet,
    totals_sheet,
)
from questionnaires.clock import today
from questionnaires.normal import whole_number
from questionnaires.text import Language, Text
from reports.papers.year_plan import render_year_plan

FIRST, LAST = 2000, 2099
TITLE = Text("年度项目计划", "Plan of the year")
EXCEL = Text("年度项目计划（Excel）", "Plan of the year (Excel)")
PDF = Text("年度项目计划（PDF）", "Plan of the year (PDF)")
NAME = Text("{district}{year}年度项目计划", "Plan of {year}, {district}")


@blueprint.get("/year")
@needs(Capability.POOL)
def year() -> str:
    """The plan of a year, with totals."""
    chosen = _year(request.args.get("year", ""))
    plan = plan_of(records(), me().district, chosen, today())
    return render_template(
        "pool/year.html",
        plan=plan,
        totals=[(name, title, plan.by(key_of(name))) for name, title in KINDS],
        label=label_of,
        form=PlainForm(),
        years=range(today().year - 2, today().year + 4),
        name=name_of,
    )


@blueprint.post("/year/excel")
@needs(Capability.POOL)
def plan_excel() -> ResponseReturnValue:
    """Begin to write the plan as an Excel file."""
    return _begin("year_plan_excel")


@blueprint.post("/year/pdf")
@needs(Capability.POOL)
def plan_pdf() -> ResponseReturnValue:
    """Begin to write the plan as a PDF."""
    return _begin("year_plan_pdf")


@work("year_plan_excel", EXCEL)
def write_excel(context: Context) -> tuple[str, bytes]:
    """The job of the Excel file: projects on one sheet, totals on another."""
    plan, spoken = _plan(context)
    content = workbook_of([rows_sheet(plan, spoken), totals_sheet(plan, spoken)])
    return _name(plan, spoken, "xlsx"), content


@work("year_plan_pdf", PDF)
def write_pdf(context: Context) -> tuple[str, bytes]:
    """The job of the PDF."""
    plan, spoken = _plan(context)
    return _name(plan, spoken, "pdf"), render_year_plan(paper_of(plan), spoken)


def _begin(job: str) -> ResponseReturnValue:
    form = PlainForm()
    if not form.validate_on_submit():
        raise BadRequest
    given = {"year": _year(request.form.get("year", "")), "language": language()}
    return redirect(url_for("jobs.show", job_id=start(records(), me(), job, given).id))


def _plan(context: Context) -> tuple[YearPlan, Language]:
    said = context.arguments
    plan = plan_of(context.session, context.account.district, said["year"], today())
    context.progress(1, 2)
    return plan, said["language"]


def _year(typed: str) -> int:
    """The year asked for; this one where that is none."""
    year = whole_number(typed, LAST)
    return today().year if year is None or year < FIRST else year


def _name(plan: YearPlan, spoken: Language, ending: str) -> str:
    words = NAME.format(district=plan.district, year=plan.year)
    return f"{words.to(spoken)}.{ending}"
