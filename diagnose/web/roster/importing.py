"""A roster file: looked at first, then taken over row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import ValidationError
from sqlmodel import Session, col, select

from diagnose.records import Firm, FirmEntry
from diagnose.web.assessments.firm_facts import OUT_OF_RANGE
from diagnose.web.choosing import pieces
from diagnose.web.reading import questionnaire
from diagnose.web.roster.forms import fingerprint
from diagnose.web.roster.operations import FACTS, add_firm, change_firm
from questionnaires.readers import read_sheets
from questionnaires.sheets import Sheets
from questionnaires.text import Text
from questionnaires.writers import raw_firm

ELSEWHERE = Text("该企业在其他辖区的名录中。", "This firm belongs to another district's roster.")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a row cannot be taken; `line` is its line in the file (None: not known)."""

    line: int | None
    uscc: str
    column: str
    value: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Found:
    """What a roster file would do: firms new, changed and as they are, and rows that are wrong."""

    sha256: str
    new: list[FirmEntry] = field(default_factory=list)
    changed: list[tuple[Firm, dict[str, object]]] = field(default_factory=list)
    same: list[Firm] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def good(self) -> int:
        """How many rows can be taken."""
        return len(self.new) + len(self.changed) + len(self.same)

    @property
    def bad(self) -> int:
        """How many rows cannot be taken, whatever the number of reasons."""
        return len({(wrong.line, wrong.uscc) for wrong in self.wrong})


def look_at(session: Session, name: str, content: bytes, district: str) -> Found:
    """Read a roster file and compare it with the roster; raises `SheetsUnreadable`."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"roster{Path(name).suffix.lower()}"
        path.write_bytes(content)
        reading = read_sheets(path, questionnaire())
    found = Found(sha256(content).hexdigest())
    found.wrong.extend(
        Wrong(bad.line, bad.uscc, bad.column, bad.value, bad.reason) for bad in reading.rejected
    )
    rows = [raw_firm(reading.sheets.firms, row) for row in range(len(reading.sheets))]
    known = _known(session, reading.sheets)
    for row in rows:
        _sort_in(found, row, known.get(str(row["uscc"])), district)
    return found


def take_over(session: Session, found: Found, district: str, *, on_roster: bool) -> list[Firm]:
    """Write what was found, and say which firms the file named; the caller commits."""
    firms = []
    for entry in found.new:
        facts = entry.model_dump() | {"district": district, "on_roster": on_roster}
        firms.append(add_firm(session, FirmEntry.model_validate(facts)))
    for firm, changes in found.changed:
        change_firm(session, firm, changes | _listed(firm, on_roster), fingerprint(firm))
        firms.append(firm)
    for firm in found.same:
        if _listed(firm, on_roster):
            change_firm(session, firm, _listed(firm, on_roster), fingerprint(firm))
        firms.append(firm)
    return firms


def _listed(firm: Firm, on_roster: bool) -> dict[str, object]:
    """A file never takes a firm off the roster: that is an event with its proof."""
    return {"on_roster": True} if on_roster and not firm.on_roster else {}


def _known(session: Session, sheets: Sheets) -> Mapping[str, Firm]:
    codes = [str(code) for code in sheets.firms.uscc]
    found: dict[str, Firm] = {}
    for start in pieces(range(len(codes))):
        some = [codes[at] for at in start]
        found |= {f.uscc: f for f in session.exec(select(Firm).where(col(Firm.uscc).in_(some)))}
    return found


def _sort_in(found: Found, row: Mapping[str, object], known: Firm | None, district: str) -> None:
    uscc = str(row["uscc"])
    try:
        entry = FirmEntry.model_validate(row)
    except ValidationError as error:
        at = str(error.errors()[0]["loc"][0])
        found.wrong.append(Wrong(None, uscc, at, str(row.get(at, "")), OUT_OF_RANGE))
        return
    if known is None:
        found.new.append(entry)
    elif known.district != district:
        found.wrong.append(Wrong(None, uscc, "uscc", uscc, ELSEWHERE))
    else:
        given = {name: getattr(entry, name) for name in FACTS if name in row}
        changes = {name: value for name, value in given.items() if value != getattr(known, name)}
        if changes:
            found.changed.append((known, changes))
        else:
            found.same.append(known)
