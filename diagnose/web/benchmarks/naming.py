"""What firms say about being named: their own page, and papers that an officer enters."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from diagnose.access import Capability
from diagnose.benchmarks import naming
from diagnose.benchmarks.choosing import ChoiceRefused
from diagnose.records import Benchmark
from diagnose.web.access import LARGEST_ID, actor, me, needs, refuse_and_note
from diagnose.web.benchmarks.blueprint import blueprint
from diagnose.web.benchmarks.forms import PaperForm
from diagnose.web.benchmarks.operations import find_benchmark
from diagnose.web.benchmarks.views import CONFLICT, page_of
from diagnose.web.database import records
from diagnose.web.fields import PlainForm, status_of
from diagnose.web.languages import told
from diagnose.web.retrofits.words import name_of


@blueprint.get("/mine")
@needs(Capability.RETROFIT)
def mine() -> ResponseReturnValue:
    """The own projects that are proposed or chosen as examples, and whether they are named."""
    return _mine()


@blueprint.post("/<int:benchmark_id>/agree")
@needs(Capability.RETROFIT)
def agree(benchmark_id: int) -> ResponseReturnValue:
    """Agree to be named."""
    return _said(benchmark_id, True, _("Your firm may be named with this project."))


@blueprint.post("/<int:benchmark_id>/withhold")
@needs(Capability.RETROFIT)
def withhold(benchmark_id: int) -> ResponseReturnValue:
    """Do not agree to be named, or no longer."""
    told_ = _("Your firm is named no more. What was given out before cannot be called back.")
    return _said(benchmark_id, False, told_)


@blueprint.post("/<int:benchmark_id>/paper")
@needs(Capability.BENCHMARKS)
def paper(benchmark_id: int) -> ResponseReturnValue:
    """Enter what a paper of the firm says about being named."""
    benchmark, form = find_benchmark(benchmark_id), PaperForm(prefix="paper-")
    if not form.validate():
        return page_of(benchmark, form), status_of(form)
    said = (form.agreed.data == "yes", form.said_on.data, form.proof.data)
    try:
        naming.record_paper(records(), benchmark, *said, actor())
    except ChoiceRefused as refused:
        records().rollback()
        return page_of(find_benchmark(benchmark_id), form, refused), CONFLICT
    records().commit()
    flash(_("The paper is entered. The firm sees it and can say otherwise."), "good")
    return redirect(url_for(".show", benchmark_id=benchmark_id))


def _said(benchmark_id: int, agreed: bool, done: str) -> ResponseReturnValue:
    benchmark = _own(benchmark_id)
    if not PlainForm().validate_on_submit():
        return _mine(), 400
    try:
        naming.say(records(), benchmark, agreed, actor())
    except ChoiceRefused as refused:
        records().rollback()
        return _mine(told(refused.problems[0])), CONFLICT
    records().commit()
    flash(done, "good")
    return redirect(url_for(".mine"))


def _own(number: int) -> Benchmark:
    """An example of the own firm; else 404, logged."""
    found = records().get(Benchmark, number) if number <= LARGEST_ID else None
    if found is None:
        raise NotFound
    if found.firm_id != me().firm_id:
        refuse_and_note("access.foreign", f"benchmark:{number}")
        raise NotFound
    return found


def _mine(problem: str = "") -> str:
    session = records()
    return render_template(
        "benchmarks/mine.html",
        examples=[
            (benchmark, project, naming.words_of(session, benchmark))
            for benchmark, project in naming.examples_of(session, me().firm_id or 0)
        ],
        asked=naming.ASKED,
        form=PlainForm(),
        problem=problem,
        name_of=name_of,
    )
