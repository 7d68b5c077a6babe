"""What a plan does to firms that are known: their events, and all that follows from these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Integer, MetaData, Table, insert, literal, select
from sqlmodel import Session

from diagnose.records.columns import Day
from diagnose.records.roster import Change, RosterEvent
from diagnose.roster.checking import Draft
from diagnose.roster.intake.following import FirmThere, Following
from diagnose.roster.intake.plan import CONTACTS, FACTS, Plan, Step
from diagnose.roster.intake.pouring import Told, pour, table_of
from diagnose.roster.recording import SYSTEM
from diagnose.roster.stands import Event
from questionnaires.clock import day_of, today

LATER = 1 << 40
"""Above the number of any event: what is to be recorded comes after all that was."""
STEPPED = Table(
    "stepped",
    MetaData(),
    Column("at", Integer, primary_key=True),
    Column("base", Boolean),
    Column("firm_id", Integer),
    Column("change", table_of(RosterEvent).c.change.type),
    Column("effective_on", Day),
    Column("facts", JSON),
    prefixes=["TEMPORARY"],
)
"""Events to be recorded; `base` is what was known of a firm before its first one."""
SAID = ("firm_id", "change", "effective_on", "facts")


class Changing:
    """The firms of a plan that change or leave; made before the first write."""

    def __init__(self, session: Session, plan: Plan, told: Told) -> None:
        self.session, self.plan = session, plan
        self.following = Following(session, plan.district)
        self._events: list[tuple[bool, int, str, Any, Mapping[str, Any]]] = []
        steps: dict[int, Sequence[Step]] = {
            each.row["id"]: each.steps for each in plan.known if each.steps
        }
        leaving = (Step(Change.LEFT, plan.effective_on, {}),)
        steps |= {each.firm_id: leaving for each in plan.left}

        def becoming(firm: FirmThere) -> list[Event]:
            return [*firm.events, *self._record(firm, steps[firm.row["id"]])]

        self.following.fold(list(steps), becoming, today(), told)
        self.following.contacts = [
            (each.row["id"], *map(each.contacts.get, CONTACTS))
            for each in plan.known
            if each.contacts
        ]

    def lay(self) -> None:
        """Lay everything into `STEPPED` and the tables of what follows."""
        if self._events:
            given = zip(("base", *SAID), zip(*self._events, strict=True), strict=True)
            count = len(self._events)
            pour(self.session, STEPPED, {"at": range(count), **dict(given)}, count)
        self.following.lay()

    def move(self, recorded: Mapping[str, Any], told: Told) -> None:
        """Move everything to where it is kept; `recorded` is what the events share."""
        base = {"import_id": None, "proof": "", "asked_by": SYSTEM, "approved_by": None}
        self._pass_on({**recorded, **base}, is_base=True)
        self._pass_on(recorded, is_base=False)
        self.following.move(told)

    def _record(self, firm: FirmThere, steps: Sequence[Step]) -> Iterator[Draft]:
        """The events that a firm gets; first, where there is none, what was known of it."""
        given = list(steps)
        if not firm.events:
            row = firm.row
            first = Change.ENTERED if row["on_roster"] else Change.DESCRIBED
            since = min(day_of(row["created_at"]), self.plan.effective_on)
            given.insert(0, Step(first, since, {name: row[name] for name in ("uscc", *FACTS)}))
        for at, step in enumerate(given):
            base = not firm.events and at == 0
            change = step.change.value
            self._events.append((base, firm.row["id"], change, step.effective_on, step.facts))
            yield Draft(change, step.effective_on, step.facts, id=LATER + at)

    def _pass_on(self, shared: Mapping[str, Any], *, is_base: bool) -> None:
        table = table_of(RosterEvent)
        same = [literal(value, table.c[name].type) for name, value in shared.items()]
        query = select(*(STEPPED.c[name] for name in SAID), *same)
        some = query.where(STEPPED.c.base.is_(is_base)).order_by(STEPPED.c.at)
        names = [*SAID, *shared]
        self.session.execute(insert(table).from_select(names, some, include_defaults=False))
