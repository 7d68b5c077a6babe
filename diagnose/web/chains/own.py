"""A firm's own supply chain: what it shares as a supplier, what it sees as a leader."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlmodel import col, select

from diagnose.access import Capability
from diagnose.benchmarks import chains
from diagnose.benchmarks.chains import Item, LinkRefused, LinkState, links_with, seen, state_of
from diagnose.records import Firm, Project, Stage, SupplyLink
from diagnose.web.access import actor, me, needs, saw
from diagnose.web.chains.blueprint import blueprint
from diagnose.web.chains.forms import AgreeForm, TargetForm
from diagnose.web.chains.operations import find_link, settle
from diagnose.web.chains.words import SHOWS
from diagnose.web.database import records
from diagnose.web.editions import EditionForm
from diagnose.web.fields import status_of
from diagnose.web.languages import told
from diagnose.web.retrofits.words import name_of

CONFLICT = 409
NO_PROJECTS = (Stage.SUGGESTED, Stage.REJECTED, Stage.TERMINATED)


@blueprint.get("/mine")
@needs(Capability.SUPPLY)
def mine() -> ResponseReturnValue:
    """The own links, on both sides."""
    return _mine()


@blueprint.post("/links/<int:link_id>/agree")
@needs(Capability.SUPPLY)
def agree(link_id: int) -> ResponseReturnValue:
    """Share some items with a leader."""
    link, form = find_link(link_id, side="supplier_id"), AgreeForm()

    def act() -> None:
        chains.agree(records(), link, form.items.data or [], form.edition.data or 0, actor())

    return _settled(link_id, form, act, _("The leader sees the items you chose, and no others."))


@blueprint.post("/links/<int:link_id>/refuse")
@needs(Capability.SUPPLY)
def refuse(link_id: int) -> ResponseReturnValue:
    """Share nothing."""
    link, form = find_link(link_id, side="supplier_id"), EditionForm()

    def act() -> None:
        chains.refuse(records(), link, form.edition.data or 0, actor())

    return _settled(link_id, form, act, _("You share nothing with this leader."))


@blueprint.post("/links/<int:link_id>/withdraw")
@needs(Capability.SUPPLY)
def withdraw(link_id: int) -> ResponseReturnValue:
    """Take back what was agreed."""
    link, form = find_link(link_id, side="supplier_id"), EditionForm()

    def act() -> None:
        chains.withdraw(records(), link, form.edition.data or 0, actor())

    return _settled(link_id, form, act, _("Withdrawn. The leader sees nothing any more."))


@blueprint.get("/suppliers/<int:link_id>")
@needs(Capability.SUPPLY)
def supplier(link_id: int) -> ResponseReturnValue:
    """What a supplier shares, for its leader."""
    link = find_link(link_id, side="leader_id")
    page = _supplier(link, None)
    saw("chain", f"link:{link_id}", link.supplier_id)
    return page


@blueprint.post("/suppliers/<int:link_id>/target")
@needs(Capability.SUPPLY)
def target(link_id: int) -> ResponseReturnValue:
    """Say what is aimed at with a supplier, and by which own project."""
    link = find_link(link_id, side="leader_id")
    form = TargetForm()
    form.offer(_projects())
    if not form.validate():
        return _supplier(link, form), status_of(form)
    project = records().get(Project, form.project.data) if form.project.data else None

    def act() -> None:
        aim, edition = form.target.data or "", form.edition.data or 0
        chains.set_target(records(), link, aim, project, edition, actor())

    try:
        settle(records(), act)
    except LinkRefused as refused:
        form.target.errors = [told(refused.message)]
        link = find_link(link_id, side="leader_id")
        form.reopen(link.edition)
        return _supplier(link, form), CONFLICT
    flash(_("Saved."), "good")
    return redirect(url_for(".supplier", link_id=link_id))


def _settled(
    link_id: int, form: FlaskForm, act: Callable[[], None], said: str
) -> ResponseReturnValue:
    if not form.validate():
        return _mine(link_id, form), status_of(form)
    try:
        settle(records(), act)
    except LinkRefused as refused:
        return _mine(link_id, form, told(refused.message)), CONFLICT
    flash(said, "good")
    return redirect(url_for(".mine"))


def _mine(sent_for: int = 0, sent: FlaskForm | None = None, problem: str = "") -> str:
    own = me().firm_id or 0
    links = links_with(records(), own)
    as_leader = [pair for pair in links if pair[0].leader_id == own]
    agreed = [pair for pair in as_leader if state_of(pair[0]) == LinkState.AGREED]
    asked = [pair for pair in links if pair[0].supplier_id == own]
    return render_template(
        "chains/mine.html",
        asked=[(link, firm, _agree_form(link, sent_for, sent)) for link, firm in asked],
        agreed=agreed,
        not_agreed=len(as_leader) - len(agreed),
        shows=SHOWS,
        items=list(Item),
        state_of=state_of,
        sent_for=sent_for,
        problem=problem,
    )


def _agree_form(link: SupplyLink, sent_for: int, sent: FlaskForm | None) -> AgreeForm:
    """What is shared now, or what was ticked and not taken."""
    items = link.shared
    if link.id == sent_for and isinstance(sent, AgreeForm):
        items = sent.items.data or []
    return AgreeForm(formdata=None, data={"items": items, "edition": link.edition})


def _supplier(link: SupplyLink, form: TargetForm | None) -> str:
    if form is None:
        held = {"target": link.target, "project": link.project_id or 0, "edition": link.edition}
        form = TargetForm(formdata=None, data=held)
        form.offer(_projects())
    return render_template(
        "chains/supplier.html",
        link=link,
        firm=records().get_one(Firm, link.supplier_id),
        seen=seen(records(), link),
        form=form,
    )


def _projects() -> list[tuple[int, str]]:
    rows = records().exec(
        select(Project)
        .where(Project.firm_id == me().firm_id, col(Project.stage).not_in(NO_PROJECTS))
        .order_by(col(Project.id))
    )
    return [(project.id or 0, name_of(project)) for project in rows]
