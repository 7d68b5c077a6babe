"""A plan written: firms, events, spells and what says so, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, select

from diagnose.records import Actor, Firm, note
from diagnose.records.roster import Change, RosterEvent, RosterImport
from diagnose.refusing import Refused
from diagnose.roster.intake.comparing import stamp
from diagnose.roster.intake.plan import CONTACTS, FACTS, Known, Plan, Step
from diagnose.roster.intake.pouring import (
    hold_roster,
    pour,
    roomy,
    same,
    table_of,
    without_collector,
)
from diagnose.roster.intake.staging import Laid, laid_ready
from diagnose.roster.keeping import refold
from diagnose.roster.recording import SYSTEM
from questionnaires.clock import day_of, today
from questionnaires.text import Text

FOLDED = 2_000
"""So many firms that were known are brought in step between two words of progress."""
PASSES = 4
"""A new firm is laid ready, and written as a firm, an event and a spell."""
Told = Callable[[int, int], None]

STALE = Text(
    "查看之后名录又有变动，什么也没有写入。请重新查看后再导入。",
    "The roster changed since the file was looked at, and nothing was written. Look at it again.",
)
SOME_WRONG = Text(
    "有 {count} 处不能导入，按“全部或全不”的要求，什么也没有写入。",
    "{count} rows or firms cannot be taken; as all or nothing was wanted, nothing was written.",
)


class ImportRefused(Refused):
    """Nothing was written; `message` says why."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows come from: the file, which heading was read as what, who vouches for it."""

    name: str
    sha256: str
    read: Mapping[str, str]
    vouched: str = ""


def take_over(  # all that decides what is written
    session: Session,
    plan: Plan,
    source: Source,
    actor: Actor,
    *,
    good_only: bool = False,
    told: Told | None = None,
) -> RosterImport:
    """Write what the plan says, or raise `ImportRefused`; the caller commits.

    With wrong rows nothing is written unless `good_only`. `told` is told the steps done and those
    to be done in all. Call it with nothing written yet: what is laid ready first keeps nobody
    waiting.
    """
    refused = len(plan.bad) + len(plan.stuck)
    if refused and not good_only:
        raise ImportRefused(SOME_WRONG.format(count=refused))
    bar = _Bar(plan, told or (lambda _done, _all: None))
    with roomy(session), without_collector(), laid_ready(session, plan, bar) as laid:
        row = _head(session, plan, source, actor)
        hold_roster(session)
        if stamp(session, plan.district) != plan.stamp:
            raise ImportRefused(STALE)
        _Writer(session, plan, row, actor, bar).write(laid)
        bar(bar.all)
    counts = {name: getattr(row, name) for name in ("added", "changed", "left", "same", "refused")}
    note(session, actor, "roster.import", f"rosterimport:{row.id}", **counts)
    return row


def _head(session: Session, plan: Plan, source: Source, actor: Actor) -> RosterImport:
    """The row of the import; on SQLite, writing it keeps other writers out until the commit."""
    before = [
        [each.row["id"], *(each.row[name] for name in CONTACTS)]
        for each in plan.known
        if each.contacts
    ]
    row = RosterImport(
        district=plan.district,
        account_id=actor.account_id,
        name=source.name[:255],
        sha256=source.sha256,
        columns={"read": dict(source.read), "vouched": source.vouched, "contacts": before},
        effective_on=plan.effective_on,
        added=plan.added,
        changed=len(plan.known),
        left=len(plan.left),
        same=plan.same,
        taken=plan.added + len(plan.known) + plan.same,
        refused=len(plan.bad),
        done_at=actor.moment,
    )
    session.add(row)
    session.flush()
    return row


class _Bar:
    """Tells the steps done, of all."""

    def __init__(self, plan: Plan, told: Told) -> None:
        self.all = PASSES * plan.added + len(plan.known) + len(plan.left)
        self.told, self.done = told, 0

    def __call__(self, done: int) -> None:
        self.done = done
        self.told(done, self.all)


class _Writer:
    """One import being written; `row` is the import."""

    def __init__(
        self, session: Session, plan: Plan, row: RosterImport, actor: Actor, bar: _Bar
    ) -> None:
        self.session, self.plan, self.actor, self.bar = session, plan, actor, bar
        self.shared = {
            "district": plan.district,
            "import_id": row.id,
            "reason": "",
            "other_id": None,
            "voids_id": None,
            "proof": row.name,
            "proof_id": None,
            "review_on": None,
            "asked_by": row.columns["vouched"][:200],
            "approved_by": actor.account_id,
            "recorded_at": actor.moment,
        }

    def write(self, laid: Laid) -> None:
        """Write everything."""
        laid.move(self.actor.moment, self.shared)
        self._change(self.plan.known)
        self._leave()

    def _change(self, known: Iterable[Known]) -> None:
        """Record what changes firms that are known, and their contacts."""
        held = list(known)
        if not held:
            return
        self._give_bases([each.row for each in held if each.steps])
        steps = [(each.row["id"], step) for each in held for step in each.steps]
        self._record_steps(steps)
        contacts = [
            {"id": each.row["id"], **{name: each.row[name] for name in CONTACTS}, **each.contacts}
            for each in held
            if each.contacts
        ]
        if contacts:
            self.session.execute(update(Firm), contacts)
        self._refold(list(dict.fromkeys(firm_id for firm_id, _step in steps)))
        self.bar(PASSES * self.plan.added + len(self.plan.known))

    def _record_steps(self, steps: list[tuple[int, Step]]) -> None:
        ids = [firm_id for firm_id, _step in steps]
        of = [step for _firm_id, step in steps]
        columns: dict[str, Any] = {name: same(value) for name, value in self.shared.items()}
        columns |= {
            "firm_id": ids,
            "change": [step.change.value for step in of],
            "effective_on": [step.effective_on for step in of],
            "facts": [step.facts for step in of],
        }
        pour(self.session, table_of(RosterEvent), columns, len(ids))

    def _give_bases(self, rows: list[Mapping[str, Any]]) -> None:
        """What was known of firms before their first event becomes one."""
        recorded = set(
            self.session.exec(
                select(RosterEvent.firm_id)
                .where(RosterEvent.district == self.plan.district)
                .distinct()
            )
        )
        for row in rows:
            if row["id"] in recorded:
                continue
            first = Change.ENTERED if row["on_roster"] else Change.DESCRIBED
            self.session.add(
                RosterEvent(
                    firm_id=row["id"],
                    district=self.plan.district,
                    change=first,
                    effective_on=min(day_of(row["created_at"]), self.plan.effective_on),
                    facts={name: row[name] for name in ("uscc", *FACTS)},
                    asked_by=SYSTEM,
                    recorded_at=self.actor.moment,
                )
            )
        self.session.flush()

    def _leave(self) -> None:
        left = [each.firm_id for each in self.plan.left]
        leaving = Step(Change.LEFT, self.plan.effective_on, {})
        self._record_steps([(firm_id, leaving) for firm_id in left])
        self._refold(left)

    def _refold(self, firm_ids: list[int]) -> None:
        done = self.bar.done
        for start in range(0, len(firm_ids), FOLDED):
            some = firm_ids[start : start + FOLDED]
            refold(self.session, self.plan.district, some, today())
            self.bar(done + start + len(some))
