"""What consultants bring to the report of one firm, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from models.roadmap.catalogue import Needs
from questionnaires.sheets import Sheets


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """One visit as recorded; the lists hold plain rows as the records keep them."""

    planned: date
    started: datetime | None
    ended: datetime | None
    place: str = ""
    opening: str = ""
    closing: str = ""
    wishes: str = ""
    limits: str = ""
    people: tuple[Mapping[str, str], ...] = ()
    interviews: tuple[Mapping[str, str], ...] = ()
    workshops: tuple[Mapping[str, str], ...] = ()
    documents: tuple[Mapping[str, object], ...] = ()

    @property
    def day(self) -> date:
        """The day of the visit: when it began, otherwise when it is planned."""
        return self.started.date() if self.started else self.planned


@dataclass(frozen=True, slots=True)
class Check:
    """What was verified of one question: why it was changed, and which evidence shows it."""

    changed: bool
    why: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """A finding as written; `projects` are ids of the plan that answer it."""

    scene: str
    fact: str
    evidence: str
    effect_kind: str
    effect: str
    cause_kind: str
    cause: str
    severity: int
    security: bool
    questions: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consulted:
    """A project of the plan as the consultants keep it; `type` a catalogue id or ''.

    `because` '' where the answers say it all. Costs 万元, None: not known.
    """

    type: str
    name: str
    content: str
    because: str
    acceptance: tuple[str, ...]
    months: int
    override: str
    low: float | None
    mid: float | None
    high: float | None


@dataclass(frozen=True)
class Visited:
    """All of it: `own` the firm's own sheet (a table of one row), beside the verified one.

    `version` 0 marks a draft; `code` is the check code ('' on a draft). `projects` by the ids of
    the roadmap that the consultants made, `missing` the prerequisites that they lack. `evidence`
    (id, name, question or ''). `interest` is what the provider declared.
    """

    number: str
    version: int
    code: str
    provider: str
    lead: str
    own: Sheets
    visits: tuple[VisitRecord, ...] = ()
    checks: Mapping[str, Check] = field(default_factory=dict)
    findings: tuple[FindingRecord, ...] = ()
    projects: Mapping[str, Consulted] = field(default_factory=dict)
    missing: tuple[Needs, ...] = ()
    evidence: tuple[tuple[str, str, str], ...] = ()
    interest: str = ""
