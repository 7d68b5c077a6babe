"""Published statistics: what may be given out, what is withheld and why, and the release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.analysis.providers import FEWEST
from diagnose.bulletins import (
    LEAST,
    IssueRefused,
    Publishable,
    count_ratings,
    decide,
    gather,
    low_ratings,
    refuse_too_soon,
)
from diagnose.bulletins.published import NAMED, heads_of
from diagnose.bulletins.words import say
from diagnose.records import PublicationKind, note
from diagnose.roster.checking import EARLIEST
from diagnose.web.access import actor, me, needs
from diagnose.web.bulletins import operations
from diagnose.web.bulletins.blueprint import blueprint
from diagnose.web.bulletins.finding import find_publication
from diagnose.web.bulletins.forms import ReleaseForm
from diagnose.web.bulletins.views import told_of
from diagnose.web.database import records
from diagnose.web.excel import send_excel, workbook_of
from diagnose.web.fields import status_of
from diagnose.web.languages import told
from questionnaires.clock import today
from questionnaires.text import Text
from reports.bulletins import Grid
from reports.workbook.tables import Column, Sheet

WIDE, NARROW = 34, 14
LONGEST_NAME = 31  # of a sheet of Excel


@dataclass(frozen=True, slots=True)
class Held:
    """A cell as the bureau sees it: its value, what is printed, and why that is not the same."""

    value: int
    printed: str
    reason: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A table of the preview."""

    title: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[str, tuple[Held, ...]], ...]


@blueprint.route("/statistics", methods=["GET", "POST"])
@needs(Capability.PUBLISH)
def statistics() -> ResponseReturnValue:
    """What would be published as of a day, and the release of it."""
    form = ReleaseForm()
    if not form.is_submitted():
        form.day.data = _asked_day()
        return _page(form)
    if form.validate() and form.day.data < EARLIEST:
        form.day.errors = [_("Enter a date.")]
    if form.errors:
        return _page(form), status_of(form)
    try:
        row = operations.release(records(), form.day.data, form.again.data or "")
    except IssueRefused as refused:
        records().rollback()
        form.again.errors = [told(refused.message)]
        return _page(form), 409
    flash(_("The statistics are published. Their files are below."), "good")
    return redirect(url_for(".show", publication_id=row.id))


@blueprint.get("/<int:publication_id>/statistics.xlsx")
@needs(Capability.PUBLISH)
def statistics_file(publication_id: int) -> Response:
    """The tables of a release as Excel."""
    row = find_publication(publication_id, PublicationKind.STATISTICS)
    sheets = [
        _sheet(piece)
        for section in told_of(row, "published").sections
        for piece in section.pieces
        if isinstance(piece, Grid)
    ]
    note(records(), actor(), "bulletin.download", f"publication:{row.id}", file="statistics.xlsx")
    records().commit()
    return send_excel(workbook_of(sheets), f"statistics-{row.day}.xlsx")


@blueprint.get("/ratings")
@needs(Capability.PUBLISH)
def ratings() -> str:
    """What firms think of their providers."""
    session = records()
    low = low_ratings(session, me().district)
    if low:
        note(session, actor(), "view.ratings", f"account:{me().id}", ratings=len(low))
        session.commit()
    found = count_ratings(session, me().district)
    return render_template("bulletins/ratings.html", likings=found, low=low, fewest=FEWEST)


def _asked_day() -> date:
    try:
        return _in_time(date.fromisoformat(request.args.get("day", "")))
    except ValueError:
        return today()


def _in_time(day: date) -> date:
    """The nearest day for which there may be figures."""
    return min(max(day, EARLIEST), today())


def _page(form: ReleaseForm) -> str:
    session, district = records(), me().district
    day = _in_time(form.day.data or today())
    decided = decide(session, district, day, gather(session, district, day.replace(day=1), day))
    return render_template(
        "bulletins/statistics.html",
        form=form,
        day=day,
        tables=[_shown(decided, name) for name in NAMED],
        withheld=decided.withheld,
        soon=_soon(day),
        least=LEAST,
    )


def _soon(day: date) -> str:
    """What speaks against another release."""
    try:
        refuse_too_soon(records(), me().district, day, "")
    except IssueRefused as refused:
        return told(refused.message)
    return ""


def _shown(decided: Publishable, name: str) -> Shown:
    table, reasons = decided.tables[name], decided.reasons[name]
    title = "progress" if name in {"streets", "providers"} else "statistics"
    names = [told(_text(NAMED[name](row))) for row in table.rows]
    rows = []
    for at, row in enumerate([*names, told(say("total"))]):
        cells = zip(
            table.release.truth[at], table.release.shown[at], table.since[at], reasons[at],
            strict=True,
        )  # fmt: skip
        rows.append((row, tuple(_held(*cell, decided.day) for cell in cells)))
    return Shown(say(f"{title}.{name}"), heads_of(name, decided.levels), tuple(rows))


def _held(truth: float, shown: float, since: str, reason: str, day: date) -> Held:
    if np.isnan(shown):
        printed = "—"
    else:
        printed = str(int(shown)) if since == day.isoformat() else f"{int(shown)} ({since})"
    return Held(int(truth), printed, str(reason))


def _text(name: Text | str) -> Text:
    return name if isinstance(name, Text) else Text(name, name)


def _sheet(grid: Grid) -> Sheet:
    columns: list[Sequence[Text | str]] = [list(column) for column in zip(*grid.rows, strict=True)]
    return Sheet(
        told(grid.title)[:LONGEST_NAME].replace("/", " "),
        tuple(
            Column(told(head), NARROW if at else WIDE, [_cell(one) for one in column])
            for at, (head, column) in enumerate(zip(grid.heads, columns, strict=True))
        ),
    )


def _cell(one: Text | str) -> str | float:
    said = told(_text(one))
    return int(said) if said.isdecimal() else said
