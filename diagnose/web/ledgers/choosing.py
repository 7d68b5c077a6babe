"""The page of columns: its lines, as they are kept and as they are typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from diagnose.ledgers.ordering import Fault, OrderInvalid, Shown
from diagnose.ledgers.reading import Column, Ledger
from questionnaires.normal import clean_line, whole_number
from questionnaires.text import Text

CONSTANTS = 3
"""Lines offered for columns that hold the same in every row."""
BAD_PLACE = Text("“{value}”不是序号，请填数字。", '"{value}" is no place; give a number.')
LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the ledger's column (None: a constant one), its place as typed, what it says."""

    key: str
    column: Column | None
    place: str
    shown: bool
    title: str
    constant: str

    @property
    def name(self) -> str:
        """What the line is about, for those who hear the page."""
        return self.title or _("constant column %(number)s", number=self.key.removeprefix("+"))


def lines_of(ledger: Ledger, order: Sequence[Shown] | None) -> list[Line]:
    """The lines of kept columns, those that are left out behind them."""
    kept = order if order is not None else [Shown(id_) for id_ in ledger.columns]
    lines, constants = [], 0
    for place, shown in enumerate(kept, 1):
        constants += not shown.id
        key = shown.id or f"+{constants}"
        column = ledger.columns.get(shown.id)
        lines.append(Line(key, column, str(place * 10), True, shown.title, shown.constant))
    there = {line.key for line in lines}
    for id_, column in ledger.columns.items():
        if id_ not in there:
            lines.append(Line(id_, column, "", False, "", ""))
    free = (f"+{number}" for number in range(constants + 1, constants + 1 + CONSTANTS))
    return lines + [Line(key, None, "", False, "", "") for key in free]


def typed_lines(ledger: Ledger, form: Mapping[str, str]) -> list[Line]:
    """The lines as they were sent, in the order of the page."""
    keys = [name.removeprefix("place-") for name in form if name.startswith("place-")]
    known = [key for key in keys if key in ledger.columns or key.startswith("+")]
    return [
        Line(
            key,
            ledger.columns.get(key),
            form.get(f"place-{key}", "").strip(),
            f"shown-{key}" in form,
            clean_line(form.get(f"title-{key}", "")),
            clean_line(form.get(f"constant-{key}", "")),
        )
        for key in known
    ]


def read_lines(lines: Sequence[Line]) -> list[Shown]:
    """The columns in order of their places; raises `OrderInvalid`."""
    wanted, faults = [], []
    for number, line in enumerate(lines, 1):
        if not line.shown:
            continue
        place = whole_number(line.place, LARGEST - 1)
        if place is None:
            faults.append(Fault(number, BAD_PLACE.format(value=line.place)))
            continue
        id_ = line.column.id if line.column else ""
        wanted.append((place, number, Shown(id_, line.title, line.constant)))
    if faults:
        raise OrderInvalid(faults)
    return [shown for _place, _number, shown in sorted(wanted, key=lambda each: each[:2])]
