"""What is wrong with the order of a diagnosis's plan."""

from __future__ import annotations

from sqlmodel import Session

from diagnose.planning import costs_in_order, unmet_needs
from diagnose.reading import judge
from diagnose.records import Diagnosis
from diagnose.reporting.gathering import NothingToTell, gather
from diagnose.reporting.telling import in_place
from questionnaires.text import Text


def plan_faults(session: Session, diagnosis: Diagnosis) -> tuple[Text, ...]:
    """Projects whose costs are out of order, or that lack a prerequisite without a reason."""
    try:
        held = gather(session, diagnosis)
    except NothingToTell:
        return ()
    if not held.projects:
        return (Text("还没有项目", "there is no project yet"),)
    catalogue, faults = judge().catalogue, []
    unmet = unmet_needs(catalogue, held.projects, in_place(held))
    for project in held.projects:
        if not costs_in_order(project):
            faults.append(
                Text(f"“{project.name}”的费用不全", f"the costs of “{project.name}” are incomplete")
            )
        if project.id in unmet and not project.override.strip():
            faults.append(
                Text(
                    f"“{project.name}”缺前置条件且没有说明理由",
                    f"“{project.name}” lacks a prerequisite and gives no reason",
                )
            )
    return tuple(faults)
