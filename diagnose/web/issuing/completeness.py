"""What a report still lacks, as a list that leads to where it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlmodel import Session

from diagnose.agenda import agenda_of
from diagnose.reporting.gathering import Gathered
from diagnose.reporting.order import plan_faults


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing a report rests on; `told` its figures, `address` where it is made."""

    title: str
    done: bool
    told: str
    address: str


def completeness(session: Session, held: Gathered) -> list[Piece]:
    """The pieces in the order in which they are made."""
    signed = any(visit.scan_id for visit in held.visits)
    checks = len(held.checks)
    open_ = len(agenda_of(session, held.diagnosis).open(held.checks))
    faults = plan_faults(session, held.diagnosis)
    weak = [f for f in held.findings if not (f.effect and f.cause and held.links.get(f.id or 0))]
    return [
        _piece(
            held, "visits.edit", _("Record of the visit"), signed,
            _("signed and here") if signed else _("the signed record is missing"),
        ),
        _piece(
            held, "verification.sheet", _("Verified answers"), not open_,
            _("%(count)s verified, %(open)s of the agenda open", count=checks, open=open_),
        ),
        _piece(
            held, "findings.index", _("Findings"), bool(held.findings) and not weak,
            _("%(count)s written, %(weak)s without effect, cause or project",
              count=len(held.findings), weak=len(weak)),
        ),
        _piece(
            held, "projects.index", _("Project plan"), not faults,
            _("%(count)s projects, %(faults)s need attention",
              count=len(held.projects), faults=len(faults)),
        ),
    ]  # fmt: skip


def _piece(held: Gathered, endpoint: str, title: str, done: bool, told: str) -> Piece:
    return Piece(title, done, told, url_for(endpoint, diagnosis_id=held.diagnosis.id))
