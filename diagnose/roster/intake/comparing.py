"""A roster file beside the roster as it stands: what each row would do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from sys import intern
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from diagnose.records import Firm
from diagnose.records.roster import Change, RosterEvent
from diagnose.roster.checking import Draft, new_problems
from diagnose.roster.intake.checking import Checked, Checker
from diagnose.roster.intake.plan import CONTACTS, FACTS, Bad, Known, Leaving, Plan, Step
from diagnose.roster.intake.pouring import without_collector
from diagnose.roster.intake.reading import Cells, Head, Row, Told, read_rows
from diagnose.roster.keeping import READ
from questionnaires.problems import Problem
from questionnaires.text import Text

ELSEWHERE = Text(
    "该企业在其他辖区的名录中；请先由原辖区登记迁出，再逐户登记迁入。",
    "This firm belongs to another district's roster: it has to move out there, then move in here.",
)
TWICE = Text(
    "与第 {line} 行的统一社会信用代码相同，每家企业只能有一行。",
    "The same code as in row {line}; a firm has one row.",
)
AT_ONCE = 1000
COLUMNS = ("id", "uscc", "district", "on_roster", "created_at", *FACTS, *CONTACTS)
_REPEATED = ("region", "park", "chain", "grid", "industry", "how")


def plan_import(  # all that decides what a file does
    session: Session,
    path: Path,
    head: Head,
    meant: Sequence[str],
    district: str,
    effective_on: date,
    *,
    whole: bool = False,
    told: Told | None = None,
) -> Plan:
    """What the file would do to the district's roster from `effective_on`.

    `meant` says for each heading which field it holds, '' for none; with `whole`, firms on the
    roster that the file does not name leave it. Raises `SheetsUnreadable`.
    """
    plan = Plan(district, effective_on, stamp(session, district))
    checker, comparer = Checker(head.headings, meant), _Comparer(session, plan)
    with without_collector():
        for rows in read_rows(path, head, told):
            comparer.add(checker.check(rows), rows)
    if whole and not plan.unnamed:
        plan.leaving = list(comparer.missing())
    return plan


def stamp(session: Session, district: str) -> tuple[int, int]:
    """How far the roster is recorded: the last event of the district, the last firm of all."""
    last = session.exec(
        select(func.max(RosterEvent.id)).where(col(RosterEvent.district) == district)
    ).one()
    return last or 0, session.exec(select(func.max(Firm.id))).one() or 0


class _Comparer:
    """Sorts checked rows into a plan, some at a time."""

    def __init__(self, session: Session, plan: Plan) -> None:
        self.session, self.plan = session, plan
        self.seen: dict[str, int] = {}

    def add(self, checked: Checked, rows: Sequence[Row]) -> None:
        """Sort some rows in."""
        codes, plan = checked.values["uscc"], self.plan
        plan.rows += len(rows)
        known = self._known([code for code in codes if code])
        fresh, there = [], []
        for at, code in enumerate(codes):
            line = checked.lines[at]
            if code and self.seen.setdefault(code, line) != line:
                checked.complain(at, "", TWICE.format(line=self.seen[code]))
            if at in checked.wrong:
                continue
            row = known.get(code)
            if row is None:
                fresh.append(at)
            elif row["district"] != plan.district:
                checked.complain(at, "", ELSEWHERE)
            else:
                there.append((at, row))
        self._sort_in(checked, there)
        self._add_new(checked, fresh)
        self._put_aside(checked, rows)

    def missing(self) -> Iterator[Leaving]:
        """The firms on the roster that no row names."""
        query = select(Firm.id, Firm.name, Firm.uscc).where(
            col(Firm.district) == self.plan.district, col(Firm.on_roster).is_(True)
        )
        gone = [
            Leaving(number or 0, name, uscc)
            for number, name, uscc in self.session.exec(query.order_by(col(Firm.id)))
            if uscc not in self.seen
        ]
        drafts = {each.firm_id: Draft(Change.LEFT, self.plan.effective_on) for each in gone}
        why = self._impossible(drafts)
        for each in gone:
            yield Leaving(each.firm_id, each.name, each.uscc, why.get(each.firm_id))

    def _known(self, codes: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        found: dict[str, Mapping[str, Any]] = {}
        columns: list[Any] = [getattr(Firm, name) for name in COLUMNS]
        for start in range(0, len(codes), AT_ONCE):
            some = codes[start : start + AT_ONCE]
            rows = self.session.execute(select(*columns).where(col(Firm.uscc).in_(some)))
            found |= {row["uscc"]: row for row in rows.mappings()}
        return found

    def _add_new(self, checked: Checked, fresh: Sequence[int]) -> None:
        new = self.plan.new
        whole = len(fresh) == len(checked.lines)
        for name, values in checked.values.items():
            kept = values if whole else [values[at] for at in fresh]
            if name in _REPEATED:
                kept = [value and intern(value) for value in kept]
            new.setdefault(name, []).extend(kept)

    def _sort_in(self, checked: Checked, there: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
        found = [(at, _becoming(checked, at, row, self.plan.effective_on)) for at, row in there]
        drafts = {
            each.row["id"]: Draft(step.change, step.effective_on, step.facts)
            for _at, each in found
            for step in each.steps
            if step.change == Change.ENTERED
        }
        why = self._impossible(drafts)
        for at, each in found:
            if each.row["id"] in why:
                checked.complain(at, "", why[each.row["id"]])
            elif each.steps or each.contacts:
                self.plan.known.append(each)
                self.plan.fields.update(each.differing.keys())
            else:
                self.plan.same += 1

    def _impossible(self, drafts: Mapping[int, Draft]) -> Mapping[int, Text]:
        """Why firms cannot undergo a change after what is recorded of them."""
        found: dict[int, Text] = {}
        ids = list(drafts)
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            events = self._events(some)
            for firm_id in some:
                problems = new_problems(events[firm_id], drafts[firm_id])
                if problems and events[firm_id]:
                    found[firm_id] = problems[0]
        return found

    def _events(self, firm_ids: Sequence[int]) -> Mapping[int, list[Any]]:
        events: defaultdict[int, list[Any]] = defaultdict(list)
        columns: list[Any] = [getattr(RosterEvent, name) for name in READ]
        own = (
            col(RosterEvent.firm_id).in_(firm_ids),
            col(RosterEvent.district) == self.plan.district,
        )
        for row in self.session.execute(select(*columns).where(*own)):
            events[row.firm_id].append(row)
        return events

    def _put_aside(self, checked: Checked, rows: Sequence[Row]) -> None:
        codes = checked.values["uscc"]
        for at in sorted(checked.wrong):
            line, read = rows[at]
            cells: Cells = () if isinstance(read, Problem) else read
            self.plan.bad.append(Bad(line, cells, checked.wrong[at]))
            self.plan.unnamed += not codes[at]


def _becoming(checked: Checked, at: int, row: Mapping[str, Any], day: date) -> Known:
    """What a row of the file does to the firm it names; blank cells leave a fact as it is."""
    said = {name: values[at] for name, values in checked.values.items() if values[at] is not None}
    facts = {name: said[name] for name in FACTS if name in said and said[name] != row[name]}
    contacts = {name: said[name] for name in CONTACTS if name in said and said[name] != row[name]}
    if not row["on_roster"]:
        entered = {name: said[name] for name in (*FACTS, "how") if name in said}
        return Known(row, (Step(Change.ENTERED, said.get("entered_on", day), entered),), contacts)
    steps = []
    for change, name in ((Change.RENAMED, "name"), (Change.INDUSTRY, "industry")):
        if name in facts:
            told = {name: facts.pop(name), "was": row[name]}
            steps.append(Step(change, day, told))
    if facts:
        steps.append(Step(Change.DESCRIBED, day, facts))
    return Known(row, tuple(steps), contacts)
