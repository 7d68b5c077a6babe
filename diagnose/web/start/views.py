"""The start page."""

from __future__ import annotations

from flask import render_template, request

from diagnose.web.database import records
from diagnose.web.paging import Paged, page_number
from diagnose.web.reading import questionnaire
from diagnose.web.start.blueprint import blueprint
from diagnose.web.start.operations import list_sheets

A_PAGE = 10


@blueprint.get("/")
def show() -> str:
    """What this is, and the sheets begun on this machine."""
    sheets: Paged = list_sheets(records(), page_number(request.args), A_PAGE)
    return render_template("start/start.html", sheets=sheets, questionnaire=questionnaire())
