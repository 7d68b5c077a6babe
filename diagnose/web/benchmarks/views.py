"""Benchmark projects: the list, a proposal, one with its steps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from diagnose.access import Capability
from diagnose.benchmarks import choosing
from diagnose.benchmarks.choosing import MEANWHILE, OPEN, ChoiceRefused, Proposal
from diagnose.benchmarks.copying import copies_of
from diagnose.benchmarks.naming import words_of
from diagnose.benchmarks.rules import Rules, read_rules
from diagnose.records import Benchmark, BenchmarkKind, BenchmarkStage, Firm, Project
from diagnose.web.access import actor, me, needs, saw
from diagnose.web.benchmarks.blueprint import blueprint
from diagnose.web.benchmarks.forms import (
    CopyForm,
    DecideForm,
    NoticeForm,
    PaperForm,
    ProposeForm,
    RevokeForm,
    ScoreForm,
    SiteForm,
    VisitForm,
)
from diagnose.web.benchmarks.listing import browse, proposable, stages_of
from diagnose.web.benchmarks.operations import (
    find_benchmark,
    find_project,
    register_copy,
    take_step,
)
from diagnose.web.benchmarks.words import STAGES
from diagnose.web.database import records
from diagnose.web.editions import EditionForm
from diagnose.web.fields import status_of
from diagnose.web.languages import told
from diagnose.web.paging import page_number
from diagnose.web.retrofits.words import name_of
from questionnaires.clock import today

CONFLICT = 409


@blueprint.get("/")
@needs(Capability.BENCHMARKS)
def index() -> ResponseReturnValue:
    """The benchmark projects of the district, by stage."""
    stage = request.args.get("stage", "")
    stage = stage if stage in set(BenchmarkStage) else ""
    found, rules = stages_of(records(), me().district), rules_of()
    return render_template(
        "benchmarks/index.html",
        page=browse(records(), me().district, stage, rules, page_number(request.args)),
        stages=[(each, found[each]) for each in STAGES if each in found],
        stage=stage,
        rules=rules,
        name_of=name_of,
    )


@blueprint.route("/propose", methods=["GET", "POST"])
@needs(Capability.BENCHMARKS)
def propose() -> ResponseReturnValue:
    """Propose an accepted project."""
    form = ProposeForm(project=request.args.get("project", type=int))
    form.offer(proposable(records(), me().district))
    if not form.validate_on_submit():
        return render_template("benchmarks/propose.html", form=form), status_of(form)
    project = find_project(form.project.data)
    proposal = Proposal(BenchmarkKind(form.kind.data), form.story.data or "")
    try:
        benchmark = choosing.propose(records(), project, proposal, me(), actor())
    except ChoiceRefused as refused:
        records().rollback()
        form.project.errors = [told(problem) for problem in refused.problems]
        return render_template("benchmarks/propose.html", form=form), CONFLICT
    records().commit()
    flash(_("Proposed. Marks, a check on site and a public notice come next."), "good")
    return redirect(url_for(".show", benchmark_id=benchmark.id))


@blueprint.get("/<int:benchmark_id>")
@needs(Capability.BENCHMARKS)
def show(benchmark_id: int) -> ResponseReturnValue:
    """One benchmark project: how it was chosen, who visits and copies it."""
    benchmark = find_benchmark(benchmark_id)
    page = page_of(benchmark)
    saw("benchmark", f"benchmark:{benchmark_id}", benchmark.firm_id)
    return page


@blueprint.post("/<int:benchmark_id>/score")
@needs(Capability.BENCHMARKS)
def score(benchmark_id: int) -> ResponseReturnValue:
    """Give marks; each reviewer once, again replaces them."""
    benchmark, rules = find_benchmark(benchmark_id), rules_of()
    form = ScoreForm.of(rules)(prefix="score-")

    def act() -> None:
        choosing.score(records(), benchmark, rules, form.points(rules), actor())

    return _step(benchmark, form, act, _("Your marks are kept."))


@blueprint.post("/<int:benchmark_id>/site")
@needs(Capability.BENCHMARKS)
def site(benchmark_id: int) -> ResponseReturnValue:
    """Keep what was seen on site."""
    benchmark, form = find_benchmark(benchmark_id), SiteForm(prefix="site-")

    def act() -> None:
        passed = form.passed.data == "yes"
        day, seen = form.site_on.data, form.site.data
        choosing.check_site(records(), benchmark, day, seen, passed=passed, actor=actor())

    return _step(benchmark, form, act, _("The check on site is kept."))


@blueprint.post("/<int:benchmark_id>/notice")
@needs(Capability.BENCHMARKS)
def notice(benchmark_id: int) -> ResponseReturnValue:
    """Keep the days of the public notice, and what was objected."""
    benchmark, form = find_benchmark(benchmark_id), NoticeForm(prefix="notice-")

    def act() -> None:
        days = (form.notice_from.data, form.notice_until.data)
        objections = form.objections.data or ""
        choosing.publish(records(), benchmark, rules_of(), days, objections, actor())

    return _step(benchmark, form, act, _("The notice is kept."))


@blueprint.post("/<int:benchmark_id>/decide")
@needs(Capability.BENCHMARKS)
def decide(benchmark_id: int) -> ResponseReturnValue:
    """Choose the project or not."""
    benchmark, form = find_benchmark(benchmark_id), DecideForm(prefix="decide-")

    def act() -> None:
        choosing.decide(
            records(),
            benchmark,
            rules_of(),
            chosen=form.chosen.data == "yes",
            reason=form.reason.data or "",
            account=me(),
            actor=actor(),
        )

    return _step(benchmark, form, act, _("The decision is kept."))


@blueprint.post("/<int:benchmark_id>/revoke")
@needs(Capability.BENCHMARKS)
def revoke(benchmark_id: int) -> ResponseReturnValue:
    """Take the title away."""
    benchmark, form = find_benchmark(benchmark_id), RevokeForm(prefix="revoke-")

    def act() -> None:
        choosing.revoke(records(), benchmark, form.reason.data, me(), actor())

    return _step(benchmark, form, act, _("The title is revoked."))


@blueprint.post("/<int:benchmark_id>/visit")
@needs(Capability.BENCHMARKS)
def visit(benchmark_id: int) -> ResponseReturnValue:
    """Count visits."""
    benchmark, form = find_benchmark(benchmark_id), VisitForm(prefix="visit-")

    def act() -> None:
        choosing.visited(records(), benchmark, form.visits.data, actor())

    return _step(benchmark, form, act, _("The visits are counted."))


@blueprint.post("/<int:benchmark_id>/copy")
@needs(Capability.BENCHMARKS)
def copy(benchmark_id: int) -> ResponseReturnValue:
    """Register a firm that copies the project."""
    benchmark, form = find_benchmark(benchmark_id), CopyForm(prefix="copy-")
    if not form.validate():
        return page_of(benchmark, form), status_of(form)
    typed = (form.uscc.data, form.project.data or "", form.note.data or "")
    try:
        register_copy(records(), benchmark, *typed)
    except ChoiceRefused as refused:
        records().rollback()
        form.uscc.errors = [told(problem) for problem in refused.problems]
        return page_of(find_benchmark(benchmark_id), form), CONFLICT
    flash(_("The copy is registered."), "good")
    return redirect(url_for(".show", benchmark_id=benchmark_id))


def rules_of() -> Rules:
    """The rules of this deployment."""
    return read_rules(Path(current_app.instance_path))


def _step(
    benchmark: Benchmark, form: EditionForm, act: Callable[[], None], said: str
) -> ResponseReturnValue:
    number = benchmark.id or 0
    if not form.validate():
        return page_of(benchmark, form), status_of(form)
    try:
        take_step(records(), benchmark, form.edition.data or 0, act)
    except ChoiceRefused as refused:
        benchmark = find_benchmark(number)
        if MEANWHILE in refused.problems:
            form.reopen(benchmark.edition)
        return page_of(benchmark, form, refused), CONFLICT
    flash(said, "good")
    return redirect(url_for(".show", benchmark_id=number))


def page_of(
    benchmark: Benchmark, sent: FlaskForm | None = None, refused: ChoiceRefused | None = None
) -> str:
    """The page of one benchmark project, with the form that was not taken and why."""
    session, rules = records(), rules_of()
    project = session.get_one(Project, benchmark.project_id)
    forms = _forms(benchmark, rules)
    if sent is not None:
        forms[sent._prefix.rstrip("-")] = sent  # noqa: SLF001  # where WTForms keeps it
    still_open = benchmark.stage in OPEN
    return render_template(
        "benchmarks/show.html",
        benchmark=benchmark,
        firm=session.get_one(Firm, benchmark.firm_id),
        project=project,
        rules=rules,
        mean=choosing.mean_points(benchmark, rules),
        lacking=choosing.lacking(benchmark, rules, project, today()) if still_open else (),
        is_open=still_open,
        copies=copies_of(session, benchmark),
        words=words_of(session, benchmark),
        forms=forms,
        sent=sent,
        refused=refused,
        name_of=name_of,
    )


def _forms(benchmark: Benchmark, rules: Rules) -> dict[str, Any]:
    marks = benchmark.marks.get(str(me().id), {})
    edition = {"edition": benchmark.edition}
    passed = {None: None, True: "yes", False: "no"}[benchmark.site_passed]
    site = {"site_on": benchmark.site_on, "site": benchmark.site, "passed": passed}
    days = {"notice_from": benchmark.notice_from, "notice_until": benchmark.notice_until}
    return {
        "score": ScoreForm.of(rules)(None, prefix="score-", data=marks | edition),
        "site": SiteForm(None, prefix="site-", data=site | edition),
        "notice": NoticeForm(
            None, prefix="notice-", data=days | {"objections": benchmark.objections} | edition
        ),
        "decide": DecideForm(None, prefix="decide-", data=edition),
        "revoke": RevokeForm(None, prefix="revoke-", data=edition),
        "visit": VisitForm(None, prefix="visit-", data=edition | {"visits": 1}),
        "copy": CopyForm(None, prefix="copy-"),
        "paper": PaperForm(None, prefix="paper-"),
    }
