"""Supply chains as the bureau sees them: leaders, their links, a new one."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.benchmarks.chains import LinkRefused, count_links, links_of
from diagnose.records import Firm
from diagnose.web.access import find, me, needs
from diagnose.web.chains import operations
from diagnose.web.chains.blueprint import blueprint
from diagnose.web.chains.forms import LinkForm
from diagnose.web.database import records
from diagnose.web.fields import PlainForm, status_of
from diagnose.web.languages import told
from diagnose.web.retrofits.words import name_of

CONFLICT = 409


@blueprint.get("/")
@needs(Capability.CHAINS)
def index() -> ResponseReturnValue:
    """The chain leaders of the district, and how many suppliers agreed."""
    found = count_links(records(), me().district)
    return render_template("chains/index.html", leaders=found)


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Capability.CHAINS)
def new() -> ResponseReturnValue:
    """Ask a supplier on behalf of a leader."""
    form = LinkForm(leader=request.args.get("leader", ""))
    if not form.validate_on_submit():
        return render_template("chains/new.html", form=form), status_of(form)
    typed = (form.leader.data, form.supplier.data, form.supplies.data or "", form.links.data)
    try:
        link = operations.add_link(records(), *typed)
    except LinkRefused as refused:
        records().rollback()
        form.supplier.errors = [told(refused.message)]
        return render_template("chains/new.html", form=form), CONFLICT
    flash(_("The supplier is asked. The leader sees nothing before it agrees."), "good")
    return redirect(url_for(".show", leader_id=link.leader_id))


@blueprint.get("/<int:leader_id>")
@needs(Capability.CHAINS)
def show(leader_id: int) -> ResponseReturnValue:
    """One leader with its suppliers."""
    leader = find(Firm, leader_id)
    return render_template(
        "chains/show.html",
        leader=leader,
        links=links_of(records(), leader_id),
        district=me().district,
        name_of=name_of,
        form=PlainForm(formdata=None),
    )


@blueprint.route("/links/<int:link_id>/remove", methods=["GET", "POST"])
@needs(Capability.CHAINS)
def remove(link_id: int) -> ResponseReturnValue:
    """Ask once more, then take a link away."""
    link = operations.find_district_link(link_id)
    form = PlainForm()
    if not form.validate_on_submit():
        supplier = records().get_one(Firm, link.supplier_id)
        page = render_template("chains/remove.html", link=link, supplier=supplier, form=form)
        return page, status_of(form)
    leader_id = link.leader_id
    operations.remove_link(records(), link)
    flash(_("The link is removed."), "good")
    return redirect(url_for(".show", leader_id=leader_id))
