"""A plan written: firms, events, spells and what says so, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from diagnose.records import Actor, note
from diagnose.records.roster import RosterImport
from diagnose.refusing import Refused
from diagnose.roster.intake.changing import STEPPED, Changing
from diagnose.roster.intake.comparing import stamp
from diagnose.roster.intake.following import TABLES
from diagnose.roster.intake.plan import CONTACTS, Plan
from diagnose.roster.intake.pouring import hold_roster, own_tables, roomy, without_collector
from diagnose.roster.intake.staging import LAID, NAMED, lay_ready
from questionnaires.text import Text

PASSES = 4
"""A new firm is laid ready, and written as a firm, an event and a spell."""
FOLDED = 2
"""A firm that is known is folded, then written."""
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
    with roomy(session), without_collector():
        changing = Changing(session, plan, bar)
        bar.go_on(len(changing.following.firm_ids))
        with own_tables(session, LAID, NAMED, STEPPED, *TABLES):
            changing.lay()
            laid = lay_ready(session, plan, bar)
            row = _head(session, plan, source, actor)
            hold_roster(session)
            if stamp(session, plan.district) != plan.stamp:
                raise ImportRefused(STALE)
            recorded = _recorded(plan, row, actor)
            laid.move(actor.moment, recorded)
            bar.go_on(PASSES * plan.added)
            changing.move(recorded, bar)
        bar.end()
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
        self.all = PASSES * plan.added + FOLDED * (len(plan.known) + len(plan.left))
        self.told, self.before = told, 0

    def __call__(self, done: int) -> None:
        self.told(self.before + done, self.all)

    def go_on(self, done: int) -> None:
        """Count from what is done by now."""
        self.before += done

    def end(self) -> None:
        """Say that all is done."""
        self.told(self.all, self.all)


def _recorded(plan: Plan, row: RosterImport, actor: Actor) -> dict[str, Any]:
    """What all events of an import share."""
    return {
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
