"""What the district can learn: solution sets by industry, and firms with honours side by side."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.benchmarks.solutions import LEAST, Solution, solutions_of
from diagnose.coverage import count_coverage
from diagnose.records import note
from diagnose.roster.words import HONOURS, honours_in
from diagnose.web.access import actor, me, needs
from diagnose.web.benchmarks.blueprint import blueprint
from diagnose.web.benchmarks.listing import browse_holders
from diagnose.web.database import records
from diagnose.web.excel import send_excel, workbook_of
from diagnose.web.languages import told
from diagnose.web.paging import page_number
from models.firms import industry_name
from questionnaires.clock import today
from questionnaires.normal import whole_number
from reports.workbook.tables import Sheet


@blueprint.get("/solutions")
@needs(Capability.BENCHMARKS)
def solutions() -> ResponseReturnValue:
    """Solution sets by industry from accepted projects."""
    return render_template(
        "benchmarks/solutions.html",
        solutions=solutions_of(records(), me().district),
        least=LEAST,
        industry_name=industry_name,
    )


@blueprint.get("/solutions/export")
@needs(Capability.BENCHMARKS)
def export_solutions() -> ResponseReturnValue:
    """The sets as an Excel file that can be given out."""
    sheet = _sheet(solutions_of(records(), me().district))
    note(records(), actor(), "benchmark.solutions")
    records().commit()
    name = _("Solutions %(district)s %(day)s.xlsx", district=me().district, day=today())
    return send_excel(workbook_of([sheet]), name)


@blueprint.get("/specialised")
@needs(Capability.BENCHMARKS)
def specialised() -> ResponseReturnValue:
    """Firms with honours side by side: coverage, levels, projects."""
    asked = whole_number(request.args.get("honour", ""))
    honour = asked if asked is not None and asked in HONOURS else 0
    coverage = count_coverage(records(), me().district, today())
    return render_template(
        "benchmarks/specialised.html",
        coverage=coverage,
        honours=HONOURS,
        honours_in=honours_in,
        honour=honour,
        page=browse_holders(records(), me().district, honour, page_number(request.args)),
    )


def _sheet(found: list[Solution]) -> Sheet:
    rows = [(one, line) for one in found for line in one.lines]

    def span(pair: tuple[float, float] | None) -> str | None:
        return None if pair is None else f"{pair[0]:g}–{pair[1]:g}"

    columns: dict[tuple[str, float], list[Any]] = {
        (_("Industry"), 24): [told(industry_name(one.division)) for one, _line in rows],
        (_("Order"), 8): [one.lines.index(line) + 1 for one, line in rows],
        (_("Project type"), 30): [told(line.name) for _one, line in rows],
        (_("Firms"), 8): [line.firms for _one, line in rows],
        (_("Cost (CNY 10,000)"), 16): [span(line.costs) for _one, line in rows],
        (_("Months it took"), 10): [span(line.months) for _one, line in rows],
        (_("Gain (points)"), 12): [span(line.gain) for _one, line in rows],
        (_("Benchmark firms that agreed to be named"), 40): [
            "；".join(one.named) for one, _line in rows
        ],
    }
    return Sheet.of(_("Solutions"), columns)
