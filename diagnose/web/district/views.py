"""The list of the fictional district's firms."""

from __future__ import annotations

from flask import render_template, request

from diagnose.web.database import records
from diagnose.web.district.blueprint import blueprint
from diagnose.web.district.forms import FilterForm
from diagnose.web.district.operations import count_by_level, list_firms
from diagnose.web.judging import standard
from diagnose.web.paging import page_number
from models.firms import industry_name

A_PAGE = 25


@blueprint.get("/")
def browse() -> str:
    """The firms that fit the filters, a page at a time."""
    form = FilterForm(request.args)
    return render_template(
        "district/browse.html",
        form=form,
        firms=list_firms(records(), form.chosen, page_number(request.args), A_PAGE),
        levels=count_by_level(records()),
        standard=standard(),
        industry_name=industry_name,
    )
