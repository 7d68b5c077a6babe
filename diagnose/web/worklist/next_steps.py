"""The one step that leads on from where a diagnosis stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from diagnose.web.worklist.diagnosis_page import Held


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: a page to open, or a move to make; `why` a sentence beside it."""

    label: str
    why: str
    address: str = ""
    move: str = ""


def next_step(held: Held) -> Step:
    """The next step; where others have to act, a step without page or move says so."""
    return STEPS.get(held.diagnosis.state, _declined)(held)


def _page(held: Held, endpoint: str, label: str, why: str) -> Step:
    return Step(label, why, address=url_for(endpoint, diagnosis_id=held.diagnosis.id))


def _assigned(held: Held) -> Step:
    if held.promised:
        return Step(
            _("Take it on"), _("The signed promise of confidentiality is here."), move="accept"
        )
    return _page(
        held,
        "worklist.confidentiality",
        _("Sign the promise of confidentiality"),
        _("Print it, sign it, upload it; only then the diagnosis can be taken on."),
    )


def _accepted(held: Held) -> Step:
    why = _("Call the firm, agree on a day, and enter it.")
    return _page(held, "visits.edit", _("Arrange the visit"), why)


def _scheduled(held: Held) -> Step:
    if held.assessment is None:
        why = _(
            "The firm has not handed in its self-assessment yet. Remind it before the visit: "
            "without it there is nothing to verify."
        )
        return Step(_("Waiting for the self-assessment"), why)
    why = _("When you arrive at the firm. The agenda tells what to check there.")
    return Step(_("Check in"), why, move="check_in")


def _on_site(held: Held) -> Step:
    if held.agenda_open:
        return _verify(held)
    if held.visit is None or held.visit.scan_id is None:
        why = _("Keep the record, print it, have it signed and sealed, upload the scan.")
        return _page(held, "visits.edit", _("Keep the record of the visit"), why)
    return Step(_("Finish the visit"), _("The signed record is here."), move="finish_visit")


def _visited(_held: Held) -> Step:
    return Step(_("Start the report"), _("The visit is done."), move="draft")


def _drafting(held: Held) -> Step:
    if held.agenda_open:
        return _verify(held)
    if not held.findings:
        why = _("What is wrong, what shows it, what it costs and where it comes from.")
        return _page(held, "findings.index", _("Write the findings"), why)
    if not held.projects:
        why = _("The findings are written; the plan that answers them is not.")
        return _page(held, "projects.index", _("Make the project plan"), why)
    why = _("Read it as it will print before a colleague checks it.")
    return _page(held, "issuing.preview", _("Read the report"), why)


def _internal_check(held: Held) -> Step:
    why = _("A colleague other than the lead reads the report, then sends it to the firm.")
    return _page(held, "issuing.check", _("Check the report"), why)


def _objected(held: Held) -> Step:
    why = _("The firm objects to some items. Each gets an answer before anything else.")
    return _page(held, "worklist.objections", _("Answer the objections"), why)


def _returned(held: Held) -> Step:
    why = _("The reviewer returned the report with numbered defects.")
    return _page(held, "issuing.defects", _("Answer the defects"), why)


def _with_firm(_held: Held) -> Step:
    why = _("The head of the firm reads the report and confirms it, or objects item by item.")
    return Step(_("Waiting for the firm"), why)


def _in_review(_held: Held) -> Step:
    return Step(_("Waiting for the reviewer"), _("An independent expert reads the report."))


def _declined(_held: Held) -> Step:
    return Step(_("Handed back"), _("The bureau decides what becomes of it."))


def _done(_held: Held) -> Step:
    return Step(_("Nothing more to do"), _("The report is accepted and the firm is covered."))


def _verify(held: Held) -> Step:
    why = _(
        "%(open)s of %(of)s questions on the agenda are not verified yet.",
        open=held.agenda_open,
        of=held.agenda,
    )
    return _page(held, "verification.sheet", _("Verify the answers"), why)


STEPS: Mapping[str, Callable[[Held], Step]] = {
    "assigned": _assigned,
    "accepted": _accepted,
    "scheduled": _scheduled,
    "on_site": _on_site,
    "visited": _visited,
    "drafting": _drafting,
    "internal_check": _internal_check,
    "objected": _objected,
    "returned": _returned,
    "with_firm": _with_firm,
    "in_review": _in_review,
    "declined": _declined,
    "done": _done,
}
