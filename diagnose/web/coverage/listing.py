"""The firms behind a figure of coverage, a page at a time or as an Excel file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.coverage import BY, Figures, figures_of
from diagnose.coverage.arrays import Ints
from diagnose.coverage.counting import tag_names
from diagnose.coverage.indicators import visited
from diagnose.records import note
from diagnose.roster.words import HONOURS
from diagnose.web.access import actor, me, needs
from diagnose.web.coverage.blueprint import blueprint
from diagnose.web.coverage.choosing import Chosen, choose
from diagnose.web.coverage.naming import providers
from diagnose.web.coverage.rows import Row, rows_of
from diagnose.web.coverage.words import figure_title, heads, part_name
from diagnose.web.database import records
from diagnose.web.excel import send_excel, workbook_of
from diagnose.web.paging import page_number, sliced
from models.firms import SIZES
from questionnaires.clock import today
from questionnaires.normal import whole_number
from reports.workbook.tables import Column, Sheet

PAGE = 50
LARGEST = 2**31
_TROUBLESOME = re.compile(r"[\[\]:*?/\\]")  # what the name of a sheet cannot hold


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list: a figure, and the part of the district it is narrowed to."""

    figure: str
    by: str
    key: int
    chosen: Chosen

    def arguments(self) -> dict[str, str | int]:
        """The address of this list."""
        more: dict[str, str | int] = {"figure": self.figure}
        if self.by:
            more |= {"by": self.by, "key": self.key}
        return self.chosen.arguments(**more)


@blueprint.get("/firms")
@needs(Capability.COVERAGE)
def firms() -> ResponseReturnValue:
    """The firms that a figure counts."""
    asked = _asked()
    found, ids, title = _found(asked)
    page = sliced(ids, page_number(request.args), PAGE)
    return render_template(
        "coverage/firms.html",
        asked=asked,
        title=title,
        part=_part(asked),
        list=replace(page, rows=rows_of(records(), found, np.asarray(page.rows))),
        exempt=asked.figure == "excluded" or asked.figure.startswith("ground:"),
    )


@blueprint.get("/firms.xlsx")
@needs(Capability.COVERAGE)
def export() -> ResponseReturnValue:
    """The same firms as an Excel file."""
    asked = _asked()
    found, ids, title = _found(asked)
    rows = rows_of(records(), found, ids)
    note(
        records(), actor(), "coverage.export", "coverage",
        figure=asked.figure, on=asked.chosen.day.isoformat(), firms=len(rows),
    )  # fmt: skip
    records().commit()
    content = workbook_of([_sheet(title, rows), _about(asked, title, len(rows))])
    name = _("Coverage %(title)s %(day)s.xlsx", title=title, day=asked.chosen.day)
    return send_excel(content, name.replace("/", "-"))


def _found(asked: Asked) -> tuple[Figures, Ints, str]:
    """The figures of the day, the firms of the list, and what it is called."""
    chosen, title = asked.chosen, figure_title(asked.figure)
    found = figures_of(records(), me().district, chosen.day, chosen.campaign)
    if asked.figure == "visited" and not asked.by:
        been = visited(records(), found.panel, chosen.day) & found.at.due
        ids: Ints | None = found.panel.firms[been]
    else:
        ids = found.firms(asked.figure, asked.by, asked.key)
    if ids is None or title is None:
        raise NotFound
    return found, ids, title


def _asked() -> Asked:
    figure, by = request.args.get("figure", "due"), request.args.get("by", "")
    key = request.args.get("key", "0")
    digits = key.removeprefix("-")
    known = whole_number(digits, LARGEST - 1) is not None
    if (by and by not in BY) or not known:
        raise NotFound
    return Asked(figure, by, int(key), choose(records(), me().district, request.args))


def _part(asked: Asked) -> str:
    """The name of the part that a list is narrowed to."""
    known = {"size": range(-1, len(SIZES)), "honour": HONOURS, "industry": range(100)}
    if asked.by in known and asked.key not in known[asked.by]:
        raise NotFound
    if not asked.by:
        return ""
    names = providers(records()) if asked.by == "provider" else tag_names(records(), me().district)
    return f"{heads()[asked.by]}: {part_name(asked.by, asked.key, names)}"


def _sheet(title: str, rows: Sequence[Row]) -> Sheet:
    columns: dict[tuple[str, float], list[str | float | None]] = {
        (_("Unified social credit code"), 22): [row.uscc for row in rows],
        (_("Firm"), 36): [row.name for row in rows],
        (_("Street"), 16): [row.street for row in rows],
        (_("Industry"), 26): [row.industry for row in rows],
        (_("Size"), 10): [row.size for row in rows],
        (_("On the roster"), 18): [row.listing for row in rows],
        (_("Entered on"), 12): [_iso(row.entered) for row in rows],
        (_("State of the diagnosis"), 18): [row.state for row in rows],
        (_("Provider"), 28): [row.provider for row in rows],
        (_("Ground of exemption"), 18): [row.ground for row in rows],
        (_("Exempt since"), 12): [_iso(row.since) for row in rows],
        (_("Reason"), 40): [row.reason for row in rows],
    }
    named = _TROUBLESOME.sub(" ", title)[:31]
    return Sheet(named, tuple(Column(*head, cells) for head, cells in columns.items()))


def _about(asked: Asked, title: str, firms: int) -> Sheet:
    campaign = asked.chosen.campaign
    said = {
        _("List"): " · ".join(filter(None, (title, _part(asked)))),
        _("As of"): asked.chosen.day.isoformat(),
        _("Firms"): str(firms),
        _("Campaign"): campaign.name if campaign else "",
        _("Version of the list"): campaign.list_version if campaign else "",
        _("Made on"): today().isoformat(),
    }
    heads = (_("Point"), 28), (_("What it says"), 50)
    columns = zip(heads, (list(said), list(said.values())), strict=True)
    return Sheet(_("About this list"), tuple(Column(*head, cells) for head, cells in columns))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
