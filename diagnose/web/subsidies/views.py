"""Grant plans: the list, a new one, what came out, its firms, Excel, and taking one away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy
from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import col

from diagnose.access import Capability
from diagnose.jobs import start
from diagnose.records import SubsidyPlan, note
from diagnose.roster.searching import offered
from diagnose.subsidies.making import PlanRefused
from diagnose.subsidies.policies import Policies, in_force, read_policies
from diagnose.subsidies.reading import count_to_plan
from diagnose.subsidies.terms import SMALL, Of, Terms
from diagnose.web.access import actor, me, needs
from diagnose.web.database import records
from diagnose.web.excel import send_excel
from diagnose.web.fields import PlainForm
from diagnose.web.languages import language, told
from diagnose.web.paging import page_number, paged
from diagnose.web.subsidies.blueprint import blueprint
from diagnose.web.subsidies.curve import draw_curve
from diagnose.web.subsidies.exporting import plan_book
from diagnose.web.subsidies.forms import FEWEST_ROWS, MOST_ROWS, PlanForm
from diagnose.web.subsidies.operations import WORK, find_plan, make_now, remove
from diagnose.web.subsidies.outcome import (
    ALL,
    CHOSEN,
    NOT_CHOSEN,
    bars_of,
    gap_in_per_cent,
    groups_of,
    lines_of,
    parts_of,
)
from diagnose.web.subsidies.words import SMALL_FIRMS, SPECIALISED, refusal
from models.firms import industry_name
from questionnaires.clock import today

AT_ONCE = 60
"""Firms that the system plans for while the officer waits."""


@blueprint.get("/")
@needs(Capability.SUBSIDISE)
def index() -> ResponseReturnValue:
    """The plans that were kept, the latest first."""
    outcome = col(SubsidyPlan.outcome)
    query: Any = (
        sqlalchemy.select(
            col(SubsidyPlan.id),
            col(SubsidyPlan.name),
            col(SubsidyPlan.day),
            col(SubsidyPlan.budget),
            outcome["chosen"]["firms"].as_integer().label("firms"),
            outcome["chosen"]["gain"].as_float().label("gain"),
            outcome["gap"].as_float().label("gap"),
        )
        .where(col(SubsidyPlan.district) == me().district)
        .order_by(col(SubsidyPlan.id).desc())
    )
    page = paged(records(), query, page_number(request.args), 25)
    return render_template("subsidies/index.html", page=page, gap=gap_in_per_cent)


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Capability.SUBSIDISE)
def new() -> ResponseReturnValue:
    """Ask for a plan."""
    policies = read_policies(Path(current_app.instance_path))
    form = PlanForm(data=None if request.method == "POST" else _usual())
    if "more" in request.form:
        for _row in range(min(FEWEST_ROWS, MOST_ROWS - len(form.shares))):
            form.shares.append_entry()
        return _asked(form, policies)
    _offer(form, policies)
    if not form.validate_on_submit():
        return _asked(form, policies), 422 if form.errors else 200
    terms = _terms(form, policies)
    if form.roadmaps.data and count_to_plan(records(), me().district) > AT_ONCE:
        arguments = {"name": form.name.data, "terms": terms.kept(), "language": language()}
        job = start(records(), me(), WORK, arguments)
        return redirect(url_for("jobs.show", job_id=job.id))
    try:
        plan = make_now(records(), form.name.data, terms)
    except PlanRefused as refused:
        records().rollback()
        form.budget.errors = [told(refusal(refused))]
        return _asked(form, policies), 422
    return redirect(url_for(".show", grant_id=plan.id))


@blueprint.get("/<int:grant_id>")
@needs(Capability.SUBSIDISE)
def show(grant_id: int) -> ResponseReturnValue:
    """What came out of a plan, and how good it is."""
    plan = find_plan(grant_id)
    terms, outcome = Terms.read(plan.terms), plan.outcome
    return render_template(
        "subsidies/show.html",
        plan=plan,
        terms=terms,
        outcome=outcome,
        gap=gap_in_per_cent(outcome["gap"]),
        in_force=in_force(terms.policy, plan.day),
        bars=bars_of(outcome, _ways()),
        groups=groups_of(terms, outcome),
        industries=parts_of(records(), plan, "industry"),
        streets=parts_of(records(), plan, "street"),
        curve=draw_curve(outcome["curve"], plan.budget),
        form=PlainForm(formdata=None),
    )


@blueprint.get("/<int:grant_id>/firms")
@needs(Capability.SUBSIDISE)
def firms(grant_id: int) -> ResponseReturnValue:
    """The firms of a plan with the reason for each choice."""
    plan = find_plan(grant_id)
    show = request.args.get("show", CHOSEN)
    show = show if show in {ALL, CHOSEN, NOT_CHOSEN} else CHOSEN
    page = lines_of(records(), plan, show, page_number(request.args))
    return render_template("subsidies/firms.html", plan=plan, page=page, show=show)


@blueprint.get("/<int:grant_id>/export")
@needs(Capability.SUBSIDISE)
def export(grant_id: int) -> ResponseReturnValue:
    """A plan as an Excel file."""
    plan = find_plan(grant_id)
    content = plan_book(records(), plan, language())
    note(records(), actor(), "subsidy.export", f"subsidy_plan:{grant_id}")
    records().commit()
    return send_excel(content, _("Grant plan %(day)s.xlsx", day=plan.day))


@blueprint.route("/<int:grant_id>/remove", methods=["GET", "POST"])
@needs(Capability.SUBSIDISE)
def remove_plan(grant_id: int) -> ResponseReturnValue:
    """Ask once more, then take a plan away."""
    plan = find_plan(grant_id)
    form = PlainForm()
    if not form.validate_on_submit():
        return render_template("subsidies/remove.html", plan=plan, form=form)
    remove(records(), plan)
    flash(_("The plan was removed."), "good")
    return redirect(url_for(".index"))


def _asked(form: PlanForm, policies: Policies) -> str:
    _offer(form, policies)
    return render_template(
        "subsidies/new.html", form=form, policies=policies, most=len(form.shares) >= MOST_ROWS
    )


def _usual() -> dict[str, object]:
    day = today()
    return {"name": _("Grants %(year)s", year=day.year), "day": day, "roadmaps": True, "years": 1}


def _offer(form: PlanForm, policies: Policies) -> None:
    found = offered(records(), me().district)
    form.offer(
        [(id_, f"{told(policy.title)}") for id_, policy in policies.known.items()],
        [
            (
                _("By kind"),
                [
                    (f"{Of.SIZE}:{SMALL}", told(SMALL_FIRMS)),
                    (f"{Of.SPECIALISED}:", told(SPECIALISED)),
                ],
            ),
            (
                _("Industry"),
                [(f"{Of.INDUSTRY}:{c}", f"{c} {told(industry_name(c))}") for c in found.divisions],
            ),
            (_("Street or park"), [(f"{Of.STREET}:{name}", name) for name in found.regions]),
        ],
    )


def _terms(form: PlanForm, policies: Policies) -> Terms:
    return Terms(
        budget=float(form.budget.data),
        day=form.day.data,
        policy=policies.known[form.policy.data],
        limit=None if form.limit.data is None else float(form.limit.data),
        years=form.years.data,
        roadmaps=form.roadmaps.data,
        shares=form.asked(),
    )


def _ways() -> dict[str, str]:
    return {
        "chosen": _("This plan"),
        "by_project": _("Best single project first"),
        "first_come": _("First come, first served"),
    }
