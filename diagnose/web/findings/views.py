"""What is wrong in a firm, as the consultants found it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlmodel import Session, col, or_, select
from wtforms.fields.choices import SelectChoice

from diagnose.access import Capability
from diagnose.records import Attachment, Diagnosis, Finding, Firm, Project, Purpose
from diagnose.web.access import LARGEST_ID, find, needs, saw
from diagnose.web.assessments.wording import in_words
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile, edition_of
from diagnose.web.findings.blueprint import blueprint
from diagnose.web.findings.forms import FindingForm
from diagnose.web.findings.operations import (
    add_finding,
    change_finding,
    findings_of,
    projects_of,
    remove_finding,
    shift_finding,
)
from diagnose.web.findings.suggesting import suggestions
from diagnose.web.judging import standard
from diagnose.web.languages import language, told
from diagnose.web.reading import questionnaire
from diagnose.web.verification.sheets import read_verified
from diagnose.web.worklist.diagnosis_page import work_on

OPEN_IN = ("on_site", "visited", "drafting")


@blueprint.get("/<int:diagnosis_id>")
@needs(Capability.WORK)
def index(diagnosis_id: int) -> ResponseReturnValue:
    """The findings in their order, and where others are likely."""
    found, firm = work_on(diagnosis_id)
    findings = findings_of(records(), found)
    covered = {question for finding in findings for question in finding.questions}
    weak = []
    if found.assessment_id is not None:
        weak = suggestions(read_verified(records(), found, firm), standard(), covered)
    page = render_template(
        "findings/index.html",
        diagnosis=found,
        firm=firm,
        findings=findings,
        links=projects_of(records(), found),
        projects={project.id: project.name for project in _projects(records(), found)},
        scenes=dict(_scenes()),
        weak=weak,
        said=lambda row: in_words(
            row.question, row.found.raw if row.found else row.own, language()
        ),
        form=FlaskForm(),
        open_here=found.state in OPEN_IN,
    )
    saw("findings", f"diagnosis:{diagnosis_id}", found.firm_id)
    return page


@blueprint.route("/<int:diagnosis_id>/new", methods=["GET", "POST"])
@needs(Capability.WORK)
def add(diagnosis_id: int) -> ResponseReturnValue:
    """Write a finding; `question` in the address says where to look."""
    found, firm = _open(diagnosis_id)
    form = _form(found)
    if request.method == "GET":
        asked = request.args.get("question", "")
        if asked in questionnaire().index:
            form.questions.data = [asked]
            form.scene.data = asked if asked in dict(_scenes()) else ""
            form.security.data = questionnaire()[asked].sensitive
    if form.validate_on_submit():
        add_finding(records(), found, form.columns(), [int(p) for p in form.projects.data])
        flash(_("The finding is kept."), "good")
        return redirect(url_for(".index", diagnosis_id=diagnosis_id))
    return _page(found, firm, form), 422 if form.errors else 200


@blueprint.route("/<int:diagnosis_id>/<int:finding_id>", methods=["GET", "POST"])
@needs(Capability.WORK)
def edit(diagnosis_id: int, finding_id: int) -> ResponseReturnValue:
    """Change a finding."""
    found, firm = _open(diagnosis_id)
    finding = _finding(found, finding_id)
    form = _form(found)
    if request.method == "GET":
        form.show(finding, projects_of(records(), found).get(finding_id, []))
        return _page(found, firm, form, finding)
    if not form.validate():
        return _page(found, firm, form, finding), 422
    projects = [int(project) for project in form.projects.data]
    edition = form.edition.data or 0
    try:
        change_finding(records(), found, finding, form.columns(), projects, edition)
    except ChangedMeanwhile:
        kept = _finding(found, finding_id)
        form.reopen(kept.edition)
        return _page(found, firm, form, kept, elsewhere=True), 409
    flash(_("The finding is kept."), "good")
    return redirect(url_for(".index", diagnosis_id=diagnosis_id))


@blueprint.route("/<int:diagnosis_id>/<int:finding_id>/remove", methods=["GET", "POST"])
@needs(Capability.WORK)
def remove(diagnosis_id: int, finding_id: int) -> ResponseReturnValue:
    """Ask, then take a finding back."""
    found, firm = _open(diagnosis_id)
    finding = _finding(found, finding_id)
    form = FlaskForm()
    if form.validate_on_submit():
        try:
            edition = edition_of(request.form.get("edition"))
            remove_finding(records(), found, finding, edition)
        except ChangedMeanwhile:
            abort(409)
        flash(_("The finding is removed."), "good")
        return redirect(url_for(".index", diagnosis_id=diagnosis_id))
    return render_template(
        "findings/remove.html", diagnosis=found, firm=firm, finding=finding, form=form
    )


@blueprint.post("/<int:diagnosis_id>/<int:finding_id>/order")
@needs(Capability.WORK)
def order(diagnosis_id: int, finding_id: int) -> ResponseReturnValue:
    """Put a finding one place up or down."""
    found, _firm = _open(diagnosis_id)
    finding = _finding(found, finding_id)
    shift_finding(records(), found, finding, -1 if request.form.get("to") == "up" else 1)
    return redirect(url_for(".index", diagnosis_id=diagnosis_id, _anchor=f"finding-{finding_id}"))


def _open(diagnosis_id: int) -> tuple[Diagnosis, Firm]:
    """A diagnosis whose findings may be changed."""
    found, firm = work_on(diagnosis_id)
    if found.state not in OPEN_IN:
        abort(409)
    return found, firm


def _finding(diagnosis: Diagnosis, finding_id: int) -> Finding:
    """A finding of this diagnosis, none of another."""
    found = records().get(Finding, finding_id) if finding_id <= LARGEST_ID else None
    if found is None:
        abort(404)
    if found.diagnosis_id != diagnosis.id:
        # The way through its own diagnosis logs a look at what is another's.
        find(Diagnosis, found.diagnosis_id)
        abort(404)
    return found


def _form(diagnosis: Diagnosis) -> FindingForm:
    """The form with what may be chosen for this diagnosis."""
    form = FindingForm()
    form.offer(
        [SelectChoice(scene, title) for scene, title in _scenes()],
        [SelectChoice(str(file.id), file.name) for file in _files(records(), diagnosis)],
        [
            SelectChoice(question.id, f"{number}. {told(question.label)}")
            for number, question in enumerate(questionnaire().questions, 1)
        ],
        [
            SelectChoice(str(project.id), project.name)
            for project in _projects(records(), diagnosis)
        ],
    )
    return form


def _page(
    found: Diagnosis,
    firm: Firm,
    form: FindingForm,
    finding: Finding | None = None,
    *,
    elsewhere: bool = False,
) -> str:
    return render_template(
        "findings/edit.html",
        diagnosis=found,
        firm=firm,
        form=form,
        finding=finding,
        elsewhere=elsewhere,
        sections=questionnaire().sections,
    )


def _scenes() -> list[tuple[str, str]]:
    return [(scene.question, told(scene.title)) for scene in standard().scenes]


def _projects(session: Session, diagnosis: Diagnosis) -> list[Project]:
    return list(
        session.exec(
            select(Project)
            .where(Project.diagnosis_id == diagnosis.id)
            .order_by(col(Project.year), col(Project.position), col(Project.id))
        )
    )


def _files(session: Session, diagnosis: Diagnosis) -> list[Attachment]:
    """The evidence there is: the firm's own and what the visit brought."""
    return list(
        session.exec(
            select(Attachment)
            .where(
                or_(
                    col(Attachment.assessment_id) == (diagnosis.assessment_id or -1),
                    col(Attachment.diagnosis_id) == diagnosis.id,
                ),
                Attachment.purpose == Purpose.EVIDENCE,
                col(Attachment.removed_at).is_(None),
            )
            .order_by(col(Attachment.id))
        )
    )
