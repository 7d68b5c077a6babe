"""What a diagnosis adds to a self-assessment: visit, verified answers, findings, confirmation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from questionnaires.text import Text
from reports.dossier.model.front import Fact


@dataclass(frozen=True, slots=True)
class Sitting:
    """One visit: `facts` when and where; who was there, asked, seen and read.

    `people` (side, name, department and post); `interviews` (who, points); `workshops` (name,
    what was seen); `documents` (title, whether a copy was kept); `remarks` labelled paragraphs.
    """

    day: date
    facts: tuple[Fact, ...]
    people: tuple[tuple[Text, str, str], ...]
    interviews: tuple[tuple[str, str], ...]
    workshops: tuple[tuple[str, str], ...]
    documents: tuple[tuple[str, Text], ...]
    remarks: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """An answer as the firm gave it and as it was verified; `reason` where they differ."""

    question: str
    number: int
    label: Text
    own: Text
    verified: Text
    changed: bool
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Checked:
    """All verified answers, and what they did to points and level.

    `outcome` rows of (what, by own answers, verified).
    """

    lead: tuple[Text, ...]
    outcome: tuple[tuple[Text, Text, Text], ...]
    rows: tuple[CheckedRow, ...]


@dataclass(frozen=True, slots=True)
class FindingCard:
    """One finding as the consultants wrote it.

    `scene` is where it was seen (None: everywhere); `severity` and `effect_kind`, `cause_kind` in
    words; `weight` 1 low to 3 high; `rests` names the answers it rests on (`questions`, ids; None
    where there are none), `answered` the `projects` of the plan (their ids) that answer it.
    """

    number: int
    scene: Text | None
    fact: str
    evidence: str
    effect_kind: Text
    effect: str
    cause_kind: Text
    cause: str
    severity: Text
    weight: int
    security: bool
    questions: tuple[str, ...]
    rests: Text | None
    projects: tuple[str, ...]
    answered: Text


@dataclass(frozen=True, slots=True)
class Needs:
    """What the firm says it needs, row by row; `goals` says what is still to be agreed."""

    lead: tuple[Text, ...]
    facts: tuple[Fact, ...]
    goals: Text


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence: its id, what it is called, what it proves. Never the file itself.

    `question` is the id of the question it proves ('' none).
    """

    id: str
    name: str
    about: Text
    question: str = ""


@dataclass(frozen=True, slots=True)
class Signing:
    """One page to sign: who signs, what they state, and the labels of the lines to fill in."""

    title: Text
    statement: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class VisitPart:
    """All that a diagnosis adds to a dossier.

    `process_lead` and `findings_lead` always read whole; `evidence_note` says that files are
    kept apart from the report.
    """

    process_lead: tuple[Text, ...]
    sittings: tuple[Sitting, ...]
    checked: Checked
    findings_lead: tuple[Text, ...]
    findings: tuple[FindingCard, ...]
    needs: Needs
    evidence_note: Text
    evidence: tuple[Evidence, ...]
    signings: tuple[Signing, ...]
