"""A plan written: firms, events, spells and what says so, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from diagnose.records import Actor, Firm, note
from diagnose.records.roster import Change, Listing, RosterEvent, RosterImport, Spell, TagKind
from diagnose.refusing import Refused
from diagnose.roster.intake.comparing import stamp
from diagnose.roster.intake.newcomers import Newcomers
from diagnose.roster.intake.plan import CONTACTS, FACTS, Known, Plan, Step
from diagnose.roster.intake.pouring import pour, roomy, same, without_collector
from diagnose.roster.keeping import refold
from diagnose.roster.recording import SYSTEM
from diagnose.roster.tags import tag_ids
from questionnaires.clock import day_of, today
from questionnaires.text import Text

PIECE = 20_000
TAGS = {"region": TagKind.STREET, "park": TagKind.PARK, "chain": TagKind.CHAIN}
IDS = {"region": "street_id", "park": "park_id", "chain": "chain_id"}
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

    With wrong rows nothing is written unless `good_only`. `told` is told the firms written and
    those to be written in all.
    """
    refused = len(plan.bad) + len(plan.stuck)
    if refused and not good_only:
        raise ImportRefused(SOME_WRONG.format(count=refused))
    row = _head(session, plan, source, actor)
    if stamp(session, plan.district) != plan.stamp:
        raise ImportRefused(STALE)
    with roomy(session), without_collector():
        _Writer(session, plan, row, actor, told).write()
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


class _Writer:
    """One import being written; `row` is the import."""

    def __init__(
        self, session: Session, plan: Plan, row: RosterImport, actor: Actor, told: Told | None
    ) -> None:
        self.session, self.plan, self.actor = session, plan, actor
        self.told = told or (lambda _done, _all: None)
        self.all = plan.added + len(plan.known) + len(plan.left)
        self.shared = {
            "district": same(plan.district),
            "import_id": same(row.id),
            "reason": same(""),
            "other_id": same(None),
            "voids_id": same(None),
            "proof": same(row.name),
            "proof_id": same(None),
            "review_on": same(None),
            "asked_by": same(row.columns["vouched"][:200]),
            "approved_by": same(actor.account_id),
            "recorded_at": same(actor.moment),
        }

    def write(self) -> None:
        """Write everything."""
        tags = self._tags()
        for start in range(0, self.plan.added, PIECE):
            new = Newcomers(self.plan, start, PIECE)
            ids = self._add_firms(new)
            self._record(ids, same(Change.ENTERED.value), new.entered, new.facts())
            self._add_spells(new, ids, tags)
            self.told(start + new.count, self.all)
        self._change(self.plan.known)
        self._leave()
        self.told(self.all, self.all)

    def _tags(self) -> Mapping[str, Mapping[str, int]]:
        found = {}
        for name, kind in TAGS.items():
            named = {each for each in self.plan.new.get(name, ()) if each}
            found[name] = tag_ids(self.session, self.plan.district, kind, named)
        return found

    def _add_firms(self, new: Newcomers) -> list[int]:
        """Add firms; their ids in the same order."""
        last = self.session.exec(select(func.max(Firm.id))).one() or 0
        columns: dict[str, Any] = {name: new[name] for name in ("uscc", *FACTS, *CONTACTS)}
        columns |= {
            "district": same(self.plan.district),
            "on_roster": same(True),
            "fictional": same(False),
            "created_at": same(self.actor.moment),
        }
        ids = pour(self.session, Firm, columns, new.count)
        if ids is not None:
            return list(ids)
        rows = self.session.execute(select(Firm.uscc, Firm.id).where(col(Firm.id) > last))
        known = {row.uscc: row.id for row in rows}
        return [known[uscc] for uscc in new["uscc"]]

    def _add_spells(
        self, new: Newcomers, ids: list[int], tags: Mapping[str, Mapping[str, int]]
    ) -> None:
        """The spells of firms that only entered; all others are folded from their events."""
        columns: dict[str, Any] = {
            "firm_id": ids,
            "district": same(self.plan.district),
            "since": new.entered,
            "until": same(None),
            "listing": same(int(Listing.LISTED)),
            "ground": same(0),
            "stopped": same(False),
            "entered": new.entered,
            "division": new.divisions(),
            "size": new.sizes(),
            "honours": new["honours"],
        }
        columns |= {IDS[name]: [*map(known.get, new[name])] for name, known in tags.items()}
        pour(self.session, Spell, columns, new.count)

    def _record(self, firm_ids: Any, change: Any, effective_on: Any, facts: Any) -> None:
        columns = {
            "firm_id": firm_ids,
            "change": change,
            "effective_on": effective_on,
            "facts": facts,
        }
        pour(self.session, RosterEvent, self.shared | columns, len(firm_ids))

    def _change(self, known: Iterable[Known]) -> None:
        """Record what changes firms that are known, and their contacts."""
        held = list(known)
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
        changed = dict.fromkeys(firm_id for firm_id, _step in steps)
        refold(self.session, self.plan.district, changed, today())

    def _record_steps(self, steps: list[tuple[int, Step]]) -> None:
        ids = [firm_id for firm_id, _step in steps]
        of = [step for _firm_id, step in steps]
        self._record(
            ids,
            [step.change.value for step in of],
            [step.effective_on for step in of],
            [step.facts for step in of],
        )

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
        refold(self.session, self.plan.district, left, today())
