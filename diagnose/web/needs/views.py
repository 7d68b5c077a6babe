"""The bureau's needs: the list, one sheet, the sums, Excel."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import func
from sqlmodel import col

from diagnose.access import Capability
from diagnose.needs.fields import census_form
from diagnose.needs.matching import candidates, scene_titles
from diagnose.needs.searching import NeedSearch, SheetSearch
from diagnose.needs.states import NEED_TITLES, STATE_TITLES, Sheets, needs_of, state_of
from diagnose.needs.sums import sum_needs
from diagnose.records import Census, CensusStage, Firm, Need, note
from diagnose.roster.searching import offered
from diagnose.web.access import actor, me, needs, saw
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile, EditionForm
from diagnose.web.excel import send_excel
from diagnose.web.languages import told
from diagnose.web.needs import operations
from diagnose.web.needs.blueprint import blueprint
from diagnose.web.needs.exporting import named, needs_book, pain_name, worry_name
from diagnose.web.needs.finding import sheet_of
from diagnose.web.paging import page_number, paged
from models.firms import industry_name
from models.roadmap import load_catalogue
from questionnaires.clock import today

PER_PAGE = 25
COLUMNS = (Need, Firm, Census.stage)


@blueprint.get("/")
@needs(Capability.NEEDS)
def index() -> str:
    """The needs of the district, narrowed and in order."""
    search, district = NeedSearch.read(request.args), me().district
    query = search.found(district, *COLUMNS).order_by(
        col(Need.urgency).desc(), col(Need.wanted_on).is_(None), col(Need.wanted_on), col(Need.id)
    )
    anywhere = NeedSearch.read(search.arguments(stage=""))
    counted = anywhere.found(district, Need.stage, func.count()).group_by(col(Need.stage))
    return render_template(
        "needs/index.html",
        search=search,
        page=paged(records(), query, page_number(request.args), PER_PAGE),
        stages=dict(records().execute(counted).all()),
        choices=_choices(district),
        titles=NEED_TITLES,
    )


@blueprint.get("/sheets")
@needs(Capability.NEEDS)
def sheets() -> str:
    """How far each firm's census is."""
    search, held = SheetSearch.read(request.args), Sheets(me().district)
    columns = (Firm, held.census.id, held.state, held.needs, held.census.submitted_at)
    query = search.found(held, *columns).order_by(
        col(held.census.submitted_at).desc().nulls_last(), col(Firm.name), col(Firm.id)
    )
    anywhere = SheetSearch.read(search.arguments(state=""))
    counted = anywhere.found(held, held.state, func.count()).group_by(held.state)
    found = dict(records().execute(counted).all())
    return render_template(
        "needs/sheets.html",
        search=search,
        page=paged(records(), query, page_number(request.args), PER_PAGE),
        states={state: found.get(state, 0) for state in STATE_TITLES},
        titles=STATE_TITLES,
        regions=[(name, name) for name in offered(records(), me().district).regions],
    )


@blueprint.get("/sheets/<int:census_id>")
@needs(Capability.NEEDS)
def show(census_id: int) -> str:
    """One firm's sheet, as far as the firm allows."""
    census, firm = sheet_of(census_id)
    found = needs_of(records(), census)
    page = render_template(
        "needs/show.html",
        census=census,
        firm=firm,
        needs=found,
        state=STATE_TITLES[state_of(census, [need.stage for need in found])],
        readable=census.stage != CensusStage.DRAFT and "match" in census.shares,
        asked=census_form(),
        candidates=candidates,
        form=EditionForm(formdata=None, data={"edition": census.edition}),
    )
    saw("census", f"census:{census_id}", census.firm_id)
    return page


@blueprint.post("/sheets/<int:census_id>/check")
@needs(Capability.NEEDS)
def check(census_id: int) -> ResponseReturnValue:
    """Say that the sheet was gone through with the firm."""
    census, _firm = sheet_of(census_id)
    form = EditionForm()
    if form.validate() and census.stage == CensusStage.SUBMITTED:
        try:
            operations.check(records(), census, form.edition.data)
        except ChangedMeanwhile:
            flash(_("The firm changed the sheet meanwhile; look at it again."), "warn")
        else:
            flash(_("The sheet counts as checked."), "good")
    return redirect(url_for(".show", census_id=census_id))


@blueprint.get("/sums")
@needs(Capability.NEEDS)
def sums() -> str:
    """What is needed by whom and how much money for it; as seen inside, or as given out."""
    published = request.args.get("view") == "published"
    return render_template(
        "needs/sums.html",
        sums=sum_needs(records(), me().district, today(), published=published),
        asked=census_form(),
        industry=lambda code: told(industry_name(code)),
        row_name=named,
        pain_name=pain_name,
        worry_name=worry_name,
    )


@blueprint.get("/export")
@needs(Capability.NEEDS)
def export() -> ResponseReturnValue:
    """Needs and sums as Excel: as seen inside, or only what may be given out."""
    published = request.args.get("view") == "published"
    search, session, district = NeedSearch.read(request.args), records(), me().district
    rows = [] if published else session.execute(search.found(district, *COLUMNS)).all()
    found = sum_needs(session, district, today(), published=published)
    book = needs_book([tuple(row) for row in rows], found)
    note(session, actor(), "need.export", needs=len(rows), published=published)
    session.commit()
    name = _("Needs %(district)s %(day)s.xlsx", district=district, day=today())
    return send_excel(book, name)


def _choices(district: str) -> dict[str, list[tuple[Any, str]]]:
    """What each filter offers."""
    found, urgency = offered(records(), district), census_form().lists["urgency"]
    return {
        "region": [(name, name) for name in found.regions],
        "division": [(code, told(industry_name(code))) for code in found.divisions],
        "type": [("-", _("not sure")), *((p.id, told(p.name)) for p in load_catalogue().projects)],
        "scene": [(id_, told(title)) for id_, title in scene_titles().items()],
        "urgency": [(id_, told(name)) for id_, name in urgency.items()],
    }
