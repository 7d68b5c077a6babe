"""The firm's answers beside what was found true."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from diagnose.access import Capability
from diagnose.records import Diagnosis, Firm
from diagnose.uploads import UploadRefused
from diagnose.web.access import needs, saw
from diagnose.web.assessments.asking import empty_form, lay_out, read_form
from diagnose.web.assessments.forms import Beside, SectionForm, make_section_form
from diagnose.web.assessments.wording import in_words
from diagnose.web.database import records
from diagnose.web.editions import ChangedMeanwhile
from diagnose.web.judging import standard
from diagnose.web.languages import language, told
from diagnose.web.verification.blueprint import blueprint
from diagnose.web.verification.operations import keep_findings
from diagnose.web.verification.parsing import Brought, as_kept, read_brought
from diagnose.web.verification.sheets import OPEN_IN, Row, Verified, read_verified, stamp_of
from diagnose.web.worklist.diagnosis_page import work_on
from questionnaires.model import Section

SHOWN = ("agenda", "changed", "open", "all")


@blueprint.get("/<int:diagnosis_id>")
@needs(Capability.WORK)
def sheet(diagnosis_id: int) -> ResponseReturnValue:
    """Self and verified side by side, with the agenda and both scores."""
    found, firm = work_on(diagnosis_id)
    read = read_verified(records(), found, firm)
    show = request.args.get("show", "")
    show = show if show in SHOWN else SHOWN[0]
    page = render_template(
        "verification/sheet.html",
        diagnosis=found,
        firm=firm,
        read=read,
        standard=standard(),
        show=show,
        rows=_shown(read, show),
        homes={q.id: s for s in read.questionnaire.sections for q in s.questions},
        in_words=_words,
        open_here=found.state in OPEN_IN,
    )
    saw("answers", f"assessment:{found.assessment_id}", found.firm_id)
    return page


@blueprint.route("/<int:diagnosis_id>/sections/<section_id>", methods=["GET", "POST"])
@needs(Capability.WORK)
def verify(diagnosis_id: int, section_id: str) -> ResponseReturnValue:
    """Show one section, and keep what was found true in it."""
    found, firm = work_on(diagnosis_id)
    read = read_verified(records(), found, firm)
    section = read.section(section_id) or abort(404)
    if request.method == "POST":
        return _keep(found, firm, read, section)
    form = empty_form(section, _merged(read), 0)
    typed = {q.id: as_kept(read.rows[q.id]) for q in section.questions}
    page = _page(found, firm, read, section, form, Brought({}, {}, typed))
    saw("answers", f"assessment:{found.assessment_id}", found.firm_id, section=section.id)
    return page


def _keep(found: Diagnosis, firm: Firm, read: Verified, section: Section) -> ResponseReturnValue:
    if found.state not in OPEN_IN:
        abort(409)
    form = make_section_form(section)()
    brought = read_brought(read, section, read_form(form, section), request.form, request.files)
    if not form.validate():
        flash(_("This page had expired, so nothing was saved. Press save once more."), "warn")
        return _page(found, firm, read, section, form, brought), 400
    stamp = request.form.get("stamp", "")
    try:
        kept = keep_findings(records(), found, read, section, brought.findings, stamp)
    except ChangedMeanwhile:
        now_kept = read_verified(records(), found, firm)
        elsewhere = _kept_elsewhere(read, now_kept, section)
        return _page(found, firm, now_kept, section, form, brought, elsewhere), 409
    except UploadRefused as refused:
        records().rollback()
        flash(told(refused.message), "bad")
        return _page(found, firm, read, section, form, brought), 422
    if brought.problems:
        read = read_verified(records(), found, firm)
        return _page(found, firm, read, section, form, brought), 422
    flash(ngettext("Saved: one answer.", "Saved: %(num)s answers.", kept), "good")
    return redirect(_onward(found, read, section))


def _onward(found: Diagnosis, read: Verified, section: Section) -> str:
    """Where a button leads: the next section, the same one, or back to the list."""
    sections = read.questionnaire.sections
    at = sections.index(section)
    if request.form.get("then") == "next" and at + 1 < len(sections):
        section = sections[at + 1]
    elif request.form.get("then") in {"next", "back"}:
        return url_for(".sheet", diagnosis_id=found.id)
    return url_for(".verify", diagnosis_id=found.id, section_id=section.id)


def _page(
    found: Diagnosis,
    firm: Firm,
    read: Verified,
    section: Section,
    form: SectionForm,
    brought: Brought,
    elsewhere: Mapping[str, str] | None = None,
) -> str:
    beside = Beside(brought.problems, elsewhere or {}, {}, {}, {})
    return render_template(
        "verification/section.html",
        diagnosis=found,
        firm=firm,
        read=read,
        section=section,
        form=form,
        asked=lay_out(form, section, read.sheet, beside, language()),
        rows=read.rows,
        typed=brought.typed,
        problems=brought.problems,
        elsewhere=elsewhere,
        stamp=stamp_of(read.found, section),
        in_words=_words,
        open_here=found.state in OPEN_IN,
    )


def _merged(read: Verified) -> dict[str, object]:
    return {**read.own} | {question: held.raw for question, held in read.found.items()}


def _kept_elsewhere(before: Verified, after: Verified, section: Section) -> dict[str, str]:
    """What somebody else kept meanwhile, in words, by question."""
    found = {}
    for question in section.questions:
        kept, known = after.found.get(question.id), before.found.get(question.id)
        if kept is not None and (known is None or kept.verified_at != known.verified_at):
            found[question.id] = _words(after.rows[question.id], kept.raw)
    return found


def _shown(read: Verified, show: str) -> list[Row]:
    rows = read.rows
    if show == "agenda":
        return [rows[question] for question in read.agenda.questions]
    if show == "changed":
        return [row for row in rows.values() if row.found and row.found.changed]
    if show == "open":
        return [row for row in rows.values() if row.found is None and row.own is not None]
    return list(rows.values())


def _words(row: Row, raw: object) -> str:
    return in_words(row.question, raw, language())
