"""A project with which the firm itself applies for the pool, until the bureau takes it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlmodel import col, or_, select
from werkzeug.exceptions import NotFound
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from diagnose.access import Capability
from diagnose.records import Census, CensusStage, Firm, Need, NeedStage, Project
from diagnose.retrofits import is_declared
from diagnose.web.access import find, me, needs
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.fields import status_of
from diagnose.web.retrofits import operations
from diagnose.web.retrofits.blueprint import blueprint
from diagnose.web.retrofits.planned import OwnProjectForm, as_planned
from diagnose.web.retrofits.views import CONFLICT, own

OPEN = (NeedStage.OPEN, NeedStage.MATCHED)


class DeclareForm(OwnProjectForm):
    """What the firm declares, and the need of its census that it answers, if any."""

    need = SelectField(_l("Need of the census that it answers"), default="")
    edition = HiddenField()

    def __init__(self, *args: Any, answerable: Sequence[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [SelectChoice(str(need.id), need.name) for need in answerable]
        self.need.choices = [SelectChoice("", _l("none")), *named]


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Capability.RETROFIT)
def declare() -> ResponseReturnValue:
    """Apply for the pool with a project that no report suggests."""
    firm, answerable = find(Firm, me().firm_id or 0), _answerable(None)
    form = DeclareForm(data=_begun(answerable), answerable=answerable)
    if not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form), status_of(form)
    project = operations.register(records(), firm, form.values(), _chosen(form, answerable))
    flash(_("The project is declared. The bureau looks at it and takes it into the pool."), "good")
    return redirect(url_for(".show", project_id=project.id))


@blueprint.route("/<int:project_id>/declaration", methods=["GET", "POST"])
@needs(Capability.RETROFIT)
def declaration(project_id: int) -> ResponseReturnValue:
    """Change what was declared, as long as the bureau has not taken it in."""
    project = own(project_id).project
    if not is_declared(project):
        raise NotFound
    answerable = _answerable(project)
    held = next((need for need in answerable if need.project_id == project.id), None)
    kept = project.model_dump() | {"need": str(held.id) if held else ""}
    form = DeclareForm(data=kept, answerable=answerable)
    if not form.is_submitted():
        return _page(form, project)
    if not form.validate():
        return _page(form, project), status_of(form)
    try:
        need, edition = _chosen(form, answerable), form.edition.data or ""
        operations.change(records(), project, form.values(), need, edition)
    except ChangedMeanwhile:
        project = own(project_id).project
        if not is_declared(project):
            flash(_("The bureau decided meanwhile: nothing was changed."), "warn")
            return redirect(url_for(".show", project_id=project_id))
        form.edition.data = str(project.edition)
        return _page(form, project, meanwhile=True), CONFLICT
    flash(_("The declaration is kept."), "good")
    return redirect(url_for(".show", project_id=project_id))


def _answerable(project: Project | None) -> list[Need]:
    """Handed-in needs of the firm that no other project answers."""
    free = col(Need.project_id).is_(None)
    mine = free if project is None else or_(free, col(Need.project_id) == project.id)
    found = (
        select(Need)
        .join(Census, col(Census.id) == col(Need.census_id))
        .where(Need.firm_id == (me().firm_id or 0), col(Need.stage).in_(OPEN), mine)
        .where(Census.stage != CensusStage.DRAFT)
        .order_by(col(Need.id).desc())
    )
    return list(records().exec(found))


def _begun(answerable: Sequence[Need]) -> dict[str, Any]:
    """What a new declaration begins with: the need that was chosen on the census, if any."""
    asked = request.args.get("need", "")
    need = next((each for each in answerable if str(each.id) == asked), None)
    return {"year": 1, "months": 6} if need is None else as_planned(need) | {"need": asked}


def _chosen(form: DeclareForm, answerable: Sequence[Need]) -> Need | None:
    return next((need for need in answerable if str(need.id) == form.need.data), None)


def _page(form: DeclareForm, project: Project | None = None, *, meanwhile: bool = False) -> str:
    return render_template(
        "retrofits/declare.html", form=form, project=project, meanwhile=meanwhile
    )
