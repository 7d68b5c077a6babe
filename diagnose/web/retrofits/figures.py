"""The figures that a project is to move: what they were, are to be, and came to."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.exceptions import BadRequest, NotFound
from wtforms import HiddenField
from wtforms.validators import Optional

from diagnose.access import Capability
from diagnose.records import Figure
from diagnose.retrofits.reading import Whole
from diagnose.web.access import needs
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.fields import PlainForm, status_of
from diagnose.web.numbers import NumberField
from diagnose.web.retrofits import operations
from diagnose.web.retrofits.blueprint import blueprint
from diagnose.web.retrofits.forms import FigureForm, plain
from diagnose.web.retrofits.views import CONFLICT, may_of, own
from questionnaires.clock import today

LOOKS = (("half_year", _l("After 6 months")), ("full_year", _l("After 12 months")))
"""The looks at the effect, in the order of the life's rules."""


@blueprint.route("/<int:project_id>/figures/new", methods=["GET", "POST"])
@needs(Capability.RETROFIT)
def add_figure(project_id: int) -> ResponseReturnValue:
    """A new figure."""
    return _figure(project_id, None)


@blueprint.route("/<int:project_id>/figures/<int:figure_id>", methods=["GET", "POST"])
@needs(Capability.RETROFIT)
def figure(project_id: int, figure_id: int) -> ResponseReturnValue:
    """A figure that is there already."""
    return _figure(project_id, figure_id)


@blueprint.post("/<int:project_id>/figures/<int:figure_id>/remove")
@needs(Capability.RETROFIT)
def remove_figure(project_id: int, figure_id: int) -> ResponseReturnValue:
    """Take a figure away."""
    whole = _open(project_id)
    found = _found(whole, figure_id)
    if not PlainForm().validate_on_submit():
        raise BadRequest
    operations.remove_figure(records(), whole.project, found)
    flash(_("The figure was removed."), "good")
    return redirect(url_for(".show", project_id=project_id, _anchor="figures"))


@blueprint.route("/<int:project_id>/effect", methods=["GET", "POST"])
@needs(Capability.RETROFIT)
def effect(project_id: int) -> ResponseReturnValue:
    """What all figures came to after half a year and a year."""
    whole = own(project_id)
    if not may_of(whole)["effect"]:
        raise NotFound
    form = _effect_form(whole)
    if not form.is_submitted():
        return _effect_page(whole, form)
    if not form.validate():
        page = _effect_page(whole, form)
        return page, status_of(form)
    given = {figure.id or 0: _typed(form, figure) for figure in whole.figures}
    try:
        operations.report_effects(records(), whole.project, given)
    except ChangedMeanwhile:
        whole = own(project_id)
        for held in whole.figures:
            if f"edition_{held.id}" in form:
                form[f"edition_{held.id}"].data = str(held.edition)
        page = _effect_page(whole, form, meanwhile=True)
        return page, CONFLICT
    flash(_("The effects are kept."), "good")
    return redirect(url_for(".show", project_id=project_id, _anchor="figures"))


def _figure(project_id: int, figure_id: int | None) -> ResponseReturnValue:
    whole = _open(project_id)
    found = None if figure_id is None else _found(whole, figure_id)
    form = FigureForm.of(found)
    if not form.is_submitted():
        return _page(whole, found, form)
    if not form.validate():
        return _page(whole, found, form), status_of(form)
    try:
        operations.keep_figure(
            records(), whole.project, found, form.values(), form.edition.data or ""
        )
    except ChangedMeanwhile:
        whole = _open(project_id)
        found = _found(whole, figure_id or 0)
        form.edition.data = str(found.edition)
        return _page(whole, found, form, meanwhile=True), CONFLICT
    flash(_("The figure is kept."), "good")
    return redirect(url_for(".show", project_id=project_id, _anchor="figures"))


def _open(project_id: int) -> Whole:
    whole = own(project_id)
    if not may_of(whole)["figure"]:
        raise NotFound
    return whole


def _found(whole: Whole, figure_id: int) -> Figure:
    found = next((each for each in whole.figures if each.id == figure_id), None)
    if found is None:
        raise NotFound
    return found


def _page(whole: Whole, found: Figure | None, form: FigureForm, *, meanwhile: bool = False) -> str:
    return render_template(
        "retrofits/figure.html",
        whole=whole,
        found=found,
        form=form,
        meanwhile=meanwhile,
        plain=PlainForm(),
    )


def _effect_page(whole: Whole, form: Any, *, meanwhile: bool = False) -> str:
    return render_template(
        "retrofits/effect.html", whole=whole, form=form, meanwhile=meanwhile, today=today()
    )


def _looks(whole: Whole) -> list[tuple[str, LazyString]]:
    """Which looks at the effect have come due, as the columns of figures hold them."""
    return [
        look
        for look, (_months, day, _told) in zip(LOOKS, whole.effects, strict=False)
        if day <= today()
    ]


def _effect_form(whole: Whole) -> Any:
    """A form with the values of each figure that are due."""
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {}
    for held in whole.figures:
        fields[f"edition_{held.id}"] = HiddenField()
        data[f"edition_{held.id}"] = str(held.edition)
        for name, label in _looks(whole):
            fields[f"{name}_{held.id}"] = NumberField(label, places=None, validators=[Optional()])
            data[f"{name}_{held.id}"] = getattr(held, name)
    return type("EffectForm", (FlaskForm,), fields)(data=data)


def _typed(form: Any, held: Figure) -> tuple[str, dict[str, float | None]]:
    names = {name: f"{name}_{held.id}" for name, _label in LOOKS}
    values = {name: plain(form[field].data) for name, field in names.items() if field in form}
    return form[f"edition_{held.id}"].data or "", values
