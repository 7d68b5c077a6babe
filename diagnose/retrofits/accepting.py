"""Asking for acceptance and deciding on it: what is checked before a word is written."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from diagnose.records import Acceptance, Firm, Project
from diagnose.retrofits.days import months_on
from diagnose.retrofits.stages import LIFE
from questionnaires.text import Text

FILES: Mapping[str, Text] = {
    "contract": Text("合同", "Contract"),
    "spending": Text("投入清单", "List of spending"),
    "payments": Text("发票与付款凭证", "Invoices and proof of payment"),
    "summary": Text("总结报告", "Summary report"),
    "effects": Text("成效佐证", "Proof of effects"),
    "truth": Text("真实性声明", "Declaration of truth"),
}
"""What an application is handed in with."""
NEEDED = ("contract", "payments", "truth")
"""Without these nothing is handed in."""


def in_time(finished_on: date, asked_on: date) -> bool:
    """Whether acceptance is asked for soon enough after the end of works."""
    return asked_on <= months_on(finished_on, LIFE.rules.apply_months)


def invoice(number: str) -> str:
    """An invoice number as it is compared: full-width signs, case, spaces and dashes aside."""
    plain = unicodedata.normalize("NFKC", number).upper()
    return "".join(sign for sign in plain if sign.isalnum())


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An invoice that another application of the district names too."""

    number: str
    project: Project
    firm: Firm
    amount: float


def repeated(payments: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The invoice numbers that a list names more than once, as first written."""
    seen: dict[str, str] = {}
    twice: dict[str, str] = {}
    for payment in payments:
        key = invoice(payment["number"])
        if key in seen:
            twice[key] = seen[key]
        seen.setdefault(key, payment["number"])
    return tuple(twice.values())


def invoices_elsewhere(
    session: Session, district: str, acceptance: Acceptance
) -> tuple[Elsewhere, ...]:
    """The invoices of an application that others of the district name too, in one statement.

    A project's own earlier application, returned to be mended, may name them again.
    """
    own = {invoice(payment["number"]): payment["number"] for payment in acceptance.payments}
    if not own:
        return ()
    rows = session.execute(
        select(Acceptance, Project, Firm)
        .join(Project, col(Project.id) == col(Acceptance.project_id))
        .join(Firm, col(Firm.id) == col(Project.firm_id))
        .where(col(Firm.district) == district, col(Project.id) != acceptance.project_id)
        .order_by(col(Acceptance.id))
    )
    found: dict[tuple[str, int | None], Elsewhere] = {}
    for other, project, firm in rows:
        for payment in other.payments:
            key = invoice(payment["number"])
            if key in own:
                found[key, project.id] = Elsewhere(own[key], project, firm, payment["amount"])
    return tuple(found.values())


def repeated_in_district(session: Session, district: str) -> Mapping[str, list[int]]:
    """Invoice numbers that several projects of a district name, and which projects."""
    rows = session.execute(
        select(col(Acceptance.project_id), col(Acceptance.payments))
        .join(Project, col(Project.id) == col(Acceptance.project_id))
        .join(Firm, col(Firm.id) == col(Project.firm_id))
        .where(col(Firm.district) == district)
        .order_by(col(Acceptance.id))
    )
    named: dict[str, dict[int, None]] = defaultdict(dict)
    for project_id, payments in rows:
        for payment in payments:
            named[invoice(payment["number"])][project_id] = None
    return {key: list(ids) for key, ids in named.items() if len(ids) > 1}


def total_of(payments: Iterable[Mapping[str, Any]], *, eligible: bool = False) -> float:
    """What payments come to, in 万元; `eligible` counts only what a grant may count."""
    counted = [float(p["amount"]) for p in payments if not eligible or p["eligible"]]
    return round(sum(counted), 6)
