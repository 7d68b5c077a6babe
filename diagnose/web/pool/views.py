"""The pool: its list, each project's page, projects taken in, moves and acceptance."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import select
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.reading import standard
from diagnose.records import Firm, Need, Origin, Project, Stage, Verdict, note
from diagnose.records.columns import now
from diagnose.retrofits import LIFE, Move, MoveRefused, lacking, moves_open, step_of
from diagnose.retrofits.accepting import in_time, invoices_elsewhere, total_of
from diagnose.retrofits.comparing import compare
from diagnose.retrofits.lateness import late_projects, months_due
from diagnose.retrofits.reading import Whole, history, read_whole
from diagnose.retrofits.searching import DECLARED, PoolSearch, declared_of, stages_of, sums_of
from diagnose.web.access import LARGEST_ID, actor, find, me, needs, saw
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.excel import send_excel, workbook_of
from diagnose.web.fields import status_of
from diagnose.web.languages import told
from diagnose.web.paging import page_number
from diagnose.web.pool import operations
from diagnose.web.pool.blueprint import blueprint
from diagnose.web.pool.forms import MoveForm, TakeInForm, VerifyForm
from diagnose.web.pool.listing import all_projects, browse_projects, choices, sheet_of
from diagnose.web.retrofits.files import files_of
from diagnose.web.retrofits.views import CONFLICT
from models.firms import industry_name
from questionnaires.clock import today
from questionnaires.normal import whole_number
from questionnaires.text import Text
from reports.phrases import Phrasebook

OFFERED = ("pool", "take_effect", "resume", "terminate")
"""Moves made here; the others follow from a verdict, or belong to the benchmark projects."""


@blueprint.get("/")
@needs(Capability.POOL)
def index() -> str:
    """The projects of the district's pool."""
    search, district = PoolSearch.read(request.args), me().district
    late = late_ids(district)
    return render_template(
        "pool/index.html",
        search=search,
        page=browse_projects(records(), district, search, late, page_number(request.args)),
        stages=stages_of(records(), district, search, late),
        declared=declared_of(records(), district, search, late),
        DECLARED=DECLARED,
        sums=sums_of(records(), district, search, late),
        choices=choices(records(), district),
        late=late,
        industry_name=industry_name,
    )


@blueprint.get("/export")
@needs(Capability.POOL)
def export() -> ResponseReturnValue:
    """The projects found, all of them."""
    search, district = PoolSearch.read(request.args), me().district
    late = late_ids(district)
    rows = all_projects(records(), district, search, late)
    content = workbook_of([sheet_of(rows, late)])
    note(records(), actor(), "project.export", projects=len(rows))
    records().commit()
    name = _("Project pool %(district)s %(day)s.xlsx", district=district, day=today())
    return send_excel(content, name)


@blueprint.get("/<int:project_id>")
@needs(Capability.POOL)
def show(project_id: int) -> ResponseReturnValue:
    """One project: the chain it comes from, how it runs, and where the bureau can take it."""
    whole = found(project_id)
    page = _page(whole)
    saw("plan", f"project:{project_id}", whole.project.firm_id)
    return page


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Capability.POOL)
def take_in() -> ResponseReturnValue:
    """Put a project into the pool that no report suggests."""
    need, firm = _need(request.values.get("need", "")), None
    if need is not None:
        firm = find(Firm, need.firm_id)
    form = TakeInForm.of(need, firm.uscc if firm else request.args.get("uscc", ""))
    if not form.is_submitted():
        return render_template("pool/take_in.html", form=form, firm=firm, need=need)
    if form.validate():
        whose = _firm(form.uscc.data or "")
        if whose is None:
            form.uscc.errors = [_("No firm of your district has this code.")]
        elif need is not None and need.firm_id != whose.id:
            form.uscc.errors = [_("The need is another firm’s.")]
        else:
            origin = Origin(form.origin.data)
            project = operations.register(records(), whose, form.values(), origin, need)
            flash(_("The project is in the pool."), "good")
            return redirect(url_for(".show", project_id=project.id))
    page = render_template("pool/take_in.html", form=form, firm=firm, need=need)
    return page, status_of(form)


@blueprint.post("/<int:project_id>/move")
@needs(Capability.POOL)
def move(project_id: int) -> ResponseReturnValue:
    """Make one of the moves that take a reason at most."""
    whole, wanted = found(project_id), request.form.get("move", "")
    if wanted not in OFFERED:
        raise NotFound
    form = MoveForm(prefix=f"{wanted}-")
    if not form.validate():
        return _page(whole, sent=wanted, form=form), status_of(form)
    try:
        operations.make_move(
            records(), whole.project, wanted, form.reason.data or "", form.edition.data or 0
        )
    except MoveRefused as refused:
        whole = found(project_id)
        form.reopen(whole.project.edition)
        return _page(whole, sent=wanted, form=form, problems=refused.problems), CONFLICT
    stage = told(step_of(whole.project).title)
    flash(_("Done. It stands at “%(state)s” now.", state=stage), "good")
    return redirect(url_for(".show", project_id=project_id))


@blueprint.route("/<int:project_id>/acceptance", methods=["GET", "POST"])
@needs(Capability.POOL)
def verify(project_id: int) -> ResponseReturnValue:
    """Check an application for acceptance and decide on it."""
    whole = found(project_id)
    asked = whole.acceptance
    if asked is None or asked.verdict != Verdict.OPEN or whole.project.stage != Stage.FINISHED:
        raise NotFound
    form = VerifyForm(acceptance=asked)
    if not form.is_submitted():
        form.reopen(asked.edition)
        return _verify_page(whole, form)
    if not form.validate():
        return _verify_page(whole, form), status_of(form)
    try:
        operations.decide(records(), whole.project, asked, form.values(), form.edition.data or 0)
    except (ChangedMeanwhile, MoveRefused):
        return _verify_page(found(project_id), form, meanwhile=True), CONFLICT
    flash(_("The verdict is kept."), "good")
    return redirect(url_for(".show", project_id=project_id))


def found(project_id: int) -> Whole:
    """A project of the officer's district; anything else is 404, logged where another's."""
    project = records().get(Project, project_id) if project_id <= LARGEST_ID else None
    if project is None:
        raise NotFound
    return read_whole(records(), project, find(Firm, project.firm_id))


def late_ids(district: str) -> list[int]:
    """The ids of the district's late projects."""
    return [late.project.id or 0 for late in late_projects(records(), district, today())]


def _options(whole: Whole) -> list[tuple[Move, tuple[Text, ...]]]:
    """The moves open to the officer here, each with what it still lacks."""
    opened = [step for step in moves_open(me(), whole.project) if step.id in OFFERED]
    return [(step, lacking(records(), whole.project, step, now())) for step in opened]


def _page(
    whole: Whole,
    *,
    sent: str = "",
    form: MoveForm | None = None,
    problems: tuple[Text, ...] = (),
) -> str:
    options = _options(whole)
    forms = {
        step.id: form
        if form is not None and step.id == sent
        else MoveForm(formdata=None, prefix=f"{step.id}-", data={"edition": whole.project.edition})
        for step, _lacks in options
    }
    return render_template(
        "pool/show.html",
        whole=whole,
        history=history(records(), whole.project),
        delays=whole.delays(today()),
        due_months=months_due(whole.run, today()),
        files=files_of(records(), whole.acceptance),
        compared=compare(records(), whole.acceptance),
        options=options,
        forms_of=forms,
        sent=sent,
        problems=problems,
        today=today(),
        kinds=_kinds(whole),
    )


def _verify_page(whole: Whole, form: VerifyForm, *, meanwhile: bool = False) -> str:
    asked = whole.acceptance
    assert asked is not None
    return render_template(
        "pool/verify.html",
        whole=whole,
        asked=asked,
        form=form,
        meanwhile=meanwhile,
        files=files_of(records(), asked),
        compared=compare(records(), asked),
        paid=total_of(asked.payments),
        eligible=total_of(asked.payments, eligible=True),
        elsewhere=invoices_elsewhere(records(), me().district, asked),
        overdue=not in_time(asked.finished_on, asked.asked_on),
        months=LIFE.rules.apply_months,
    )


def _kinds(whole: Whole) -> list[tuple[str, str, int]]:
    """The findings it answers as the bureau may see them: scene, kind of cause and severity.

    What consultants wrote stays with the firm; security weaknesses are not even counted.
    """
    say = Phrasebook("visit")
    scenes = {scene.question: told(scene.title) for scene in standard().scenes}
    return [
        (
            scenes.get(each.scene, ""),
            told(say(f"findings.cause.{each.cause_kind}")),
            each.severity,
        )
        for each in whole.findings
        if not each.security
    ]


def _need(typed: str) -> Need | None:
    number = whole_number(typed, LARGEST_ID)
    need = None if number is None else records().get(Need, number)
    if typed and need is None:
        raise NotFound
    return need


def _firm(uscc: str) -> Firm | None:
    return (
        records()
        .exec(select(Firm).where(Firm.uscc == uscc.upper(), Firm.district == me().district))
        .first()
    )
