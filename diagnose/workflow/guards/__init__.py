"""Guards: what must hold before a diagnosis moves on. Each returns what is wrong, or None."""

from __future__ import annotations

from collections.abc import Callable

from diagnose.workflow.guards import assigning, reporting, visiting
from diagnose.workflow.guards.asking import Ask
from questionnaires.text import Text

__all__ = ["GUARDS", "Ask", "Guard"]

Guard = Callable[[Ask], Text | None]

GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        assigning.provider_fit,
        assigning.confidentiality_signed,
        assigning.contact_tried,
        visiting.visit_planned,
        visiting.sheet_submitted,
        visiting.visit_signed,
        visiting.agenda_worked_off,
        visiting.findings_written,
        visiting.plan_in_order,
        reporting.another_checks,
        reporting.quality_reached,
        reporting.report_issued,
        reporting.objection_made,
        reporting.objections_answered,
        reporting.report_signed,
        reporting.defects_listed,
        reporting.rounds_left,
        reporting.defects_answered,
        reporting.review_accepted,
        assigning.proof_given,
        assigning.none_open,
    )
}
"""Guards by the name that `states.yaml` gives them."""
