"""The form of a new project, filled with what the catalogue knows of its type."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from diagnose.reading import judge
from diagnose.reporting.gathering import Gathered
from diagnose.web.projects.forms import ProjectForm
from reports.dossier.plan import usual_acceptance


def prefilled(held: Gathered, type_: str) -> ProjectForm:
    """Name, content, months, the costs for a firm of this size and the usual acceptance points."""
    if not type_:
        return ProjectForm(formdata=None, year=1, months=6)
    project = judge().catalogue[type_]
    return ProjectForm(
        formdata=None,
        year=1,
        months=max(1, round(project.duration)),
        name=project.name.zh,
        content=project.what.zh,
        acceptance="\n".join(point.zh for point in usual_acceptance(type_)),
        **_costs(held, type_),
    )


def _costs(held: Gathered, type_: str) -> dict[str, Any]:
    """What the type costs a firm of this size; nothing where it is not offered at that size."""
    priced = judge().planner.follow(held.sheet(held.judged), 0, {type_: 1}).projects[0]
    if not priced.high < float("inf"):
        return {}
    costs = {"cost_low": priced.low, "cost_mid": priced.cost, "cost_high": priced.high}
    return {name: Decimal(f"{amount:.10g}") for name, amount in costs.items()}
