"""What a roster file would do: firms added, changed and leaving, and the rows that are wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from diagnose.records.roster import Change
from diagnose.roster.intake.checking import Wrong
from diagnose.roster.intake.reading import Cells
from questionnaires.text import Text

FACTS = (
    "name",
    "industry",
    "region",
    "park",
    "chain",
    "employees",
    "revenue",
    "honours",
    "grid",
    "remark",
)
"""What a file may say of a firm and its events keep."""
CONTACTS = ("contact", "phone")
"""What only the firm's row keeps: personal data does not go into events."""
BLANK: Mapping[str, Any] = {"employees": None, "revenue": None, "honours": 0}
"""How a row keeps what is not known of a firm; texts are kept as ''."""


@dataclass(frozen=True, slots=True)
class Step:
    """One event that is to be recorded."""

    change: Change
    effective_on: date
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """A firm that is on the books already, and what becomes of it; `row` is it as it stands."""

    row: Mapping[str, Any]
    steps: tuple[Step, ...]
    contacts: Mapping[str, str]

    @property
    def differing(self) -> Mapping[str, Any]:
        """The facts that get another value."""
        told = {name: value for step in self.steps for name, value in step.facts.items()}
        known = {name: value for name, value in told.items() if name in FACTS}
        found = {**known, **self.contacts}
        return {name: value for name, value in found.items() if self.row[name] != value}


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be taken, as it stands in the file, and why."""

    line: int
    cells: Cells
    wrong: Sequence[Wrong]


@dataclass(frozen=True, slots=True)
class Leaving:
    """A firm that the file, being the whole roster, does not name; `why` it cannot leave, or ''."""

    firm_id: int
    name: str
    uscc: str
    why: Text | None = None


@dataclass
class Plan:
    """All that a file would do to the roster of a district.

    `new` holds the facts of firms to be added, a list for each; `stamp` says how far the roster
    had been recorded when this was found. `unnamed` counts bad rows whose code cannot be read:
    while there are any, nobody can be said to be missing.
    """

    district: str
    effective_on: date
    stamp: tuple[int, int]
    rows: int = 0
    new: dict[str, list[Any]] = field(default_factory=dict)
    known: list[Known] = field(default_factory=list)
    same: int = 0
    leaving: list[Leaving] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    unnamed: int = 0
    fields: Counter[str] = field(default_factory=Counter)

    @property
    def added(self) -> int:
        """How many firms are new."""
        return len(self.new.get("uscc", ()))

    @property
    def entering(self) -> int:
        """How many firms that are known come onto the roster again."""
        return sum(any(s.change == Change.ENTERED for s in each.steps) for each in self.known)

    @property
    def left(self) -> list[Leaving]:
        """The firms that leave."""
        return [each for each in self.leaving if each.why is None]

    @property
    def stuck(self) -> list[Leaving]:
        """The firms that are missing, but cannot have left on that day."""
        return [each for each in self.leaving if each.why is not None]
