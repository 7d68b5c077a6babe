"""Three years of changes of the fictional roster, which end at the roster of today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
from sqlmodel import Session, col, select

from diagnose.demonstration.people import Cast
from diagnose.demonstration.scene import Scene
from diagnose.fictional.codes import fictional_codes
from diagnose.fictional.content import content
from diagnose.records import Actor, Firm, FirmEntry, note
from diagnose.records.roster import Change, Honour, RosterEvent
from diagnose.roster.keeping import refold
from diagnose.roster.recording import facts_of, record, void
from questionnaires.clock import day_of

YEARS = 3
LONG_SINCE = 0.7  # share of firms that entered before
YEARLY = 0.75  # share of the others that entered with a yearly review
HONOURS = (0, Honour.INNOVATIVE, Honour.SPECIALISED, Honour.LITTLE_GIANT | Honour.SPECIALISED)
HONOURED = (0.62, 0.2, 0.14, 0.04)
LEAST = 60  # a smaller district keeps its firms
CODES = 999  # a seed of its own
AFTERWARDS = timedelta(days=12)  # the bureau hears of a change so much later

RENAMED, RECODED, INDUSTRY = slice(0, 6), slice(6, 8), slice(8, 11)
RESTED, DESCRIBED, MOVED = slice(11, 15), slice(15, 27), slice(27, 30)
CHILDREN, SUCCESSORS, MISTAKEN = slice(30, 32), slice(32, 34), 34
"""Which of the shuffled firms are changed how."""


@dataclass(frozen=True)
class Play:
    """Who records, from which day to which, and what chance decides.

    `chosen` are firms in no order, none in a small district; `today` says how each firm is to end.
    """

    session: Session
    cast: Cast
    first: date
    opened: date
    day: date
    rng: np.random.Generator
    chosen: Sequence[Firm]
    today: Mapping[int | None, dict[str, Any]]

    def tell(self, firm: Firm, change: Change, on: date, **more: Any) -> RosterEvent:
        """Record a change some days after it happened."""
        said = content("changes")
        return record(
            self.session,
            self.actor(on),
            firm,
            change,
            on,
            reason=said["reasons"].get(change, ""),
            proof=said["proofs"][change],
            asked_by=str(self.rng.choice(said["asked"])),
            **more,
        )

    def actor(self, on: date) -> Actor:
        """The officer at work, some days after `on`, but not after today."""
        heard = min(on + AFTERWARDS, self.day)
        return Actor(self.cast.officer.id, at=datetime.combine(heard, time(2), UTC))

    def between(self, first: date, last: date) -> date:
        """A day drawn from a span, its last excluded."""
        return first + timedelta(days=int(self.rng.integers(max(1, (last - first).days))))


def show_changes(scene: Scene) -> None:
    """Let every firm enter and a few change; call it before anything else happens to them."""
    session, cast, table, day, rng = scene.session, scene.cast, scene.table, scene.day, scene.rng
    opened = day_of(table.opened)
    rows = session.exec(select(Firm).where(col(Firm.fictional)).order_by(col(Firm.id)))
    firms = list(rows)
    for firm in firms:
        _describe(firm, rng)
    chosen = [firms[row] for row in rng.permutation(len(firms))] if len(firms) >= LEAST else []
    today = {firm.id: facts_of(firm) for firm in firms}
    first = date(opened.year - YEARS, 1, 1)
    play = Play(session, cast, first, opened, day, rng, chosen, today)
    _enter(play, firms)
    if chosen:
        _change(play)
        _leave(play)
    session.flush()


def _enter(play: Play, firms: Sequence[Firm]) -> None:
    """All enter at once; those to be changed later enter as they were then."""
    before = {firm.id: facts for firm, facts in _before(play.chosen)}
    brought = {firm.id for firm in [*play.chosen[MOVED], *play.chosen[CHILDREN]]}
    for firm in firms:
        if firm.id in brought:
            firm.on_roster = False
            continue
        on, how = _entering(play)
        told = play.today[firm.id] | before.get(firm.id, {}) | {"how": how}
        play.session.add(_entered(play, firm, on, told))
    note(play.session, play.actor(play.first), "roster.entered", firms=len(firms))
    play.session.flush()
    refold(play.session, firms[0].district, [firm.id or 0 for firm in firms], play.day)


def _before(chosen: Sequence[Firm]) -> Iterator[tuple[Firm, dict[str, Any]]]:
    """What is said of firms today and was not so when they entered."""
    for firm in chosen[RENAMED]:
        yield firm, {"name": firm.name.replace("有限公司", "") + "厂"}
    codes = fictional_codes(len(chosen[RECODED]), CODES)
    for firm, code in zip(chosen[RECODED], codes, strict=True):
        yield firm, {"uscc": str(code)}
    for firm in chosen[INDUSTRY]:
        yield firm, {"industry": firm.industry[:2]}
    for firm in chosen[DESCRIBED]:
        employees = None if firm.employees is None else int(firm.employees * 0.9)
        yield firm, {"employees": employees, "honours": 0}


def _entering(play: Play) -> tuple[date, str]:
    """When and how a firm entered: with a yearly review, or newly in production in a month."""
    if play.rng.random() < LONG_SINCE:
        return date(play.first.year - int(play.rng.integers(1, 8)), 1, 1), "yearly"
    if play.rng.random() < YEARLY:
        return date(play.first.year + int(play.rng.integers(YEARS + 1)), 1, 1), "yearly"
    month = play.between(play.first, play.opened)
    return month.replace(day=1, month=min(11, max(3, month.month))), "monthly"


def _describe(firm: Firm, rng: np.random.Generator) -> None:
    said = content("changes")
    firm.park = firm.region if firm.region in said["parks"] else ""
    firm.chain = said["chains"].get(firm.industry[:2], "")
    firm.honours = int(rng.choice(HONOURS, p=HONOURED))
    firm.grid = str(rng.choice(said["grid"]))


def _entered(play: Play, firm: Firm, on: date, facts: dict[str, Any]) -> RosterEvent:
    actor = play.actor(on)
    return RosterEvent(
        firm_id=firm.id or 0,
        district=firm.district,
        change=Change.ENTERED,
        effective_on=min(on, play.opened),
        facts=facts,
        proof=content("changes")["proofs"]["entered"],
        asked_by=content("changes")["asked"][0],
        approved_by=actor.account_id,
        recorded_at=actor.moment,
    )


def _change(play: Play) -> None:
    """What happened to firms that are still there, told such that they end as they are."""
    chosen = play.chosen
    for group, change, about in (
        (RENAMED, Change.RENAMED, ("name",)),
        (RECODED, Change.RECODED, ("uscc",)),
        (INDUSTRY, Change.INDUSTRY, ("industry",)),
        (DESCRIBED, Change.DESCRIBED, ("employees", "honours")),
    ):
        for firm in chosen[group]:
            facts = play.today[firm.id]
            play.tell(firm, change, _later(play), facts={name: facts[name] for name in about})
    for firm in chosen[RESTED]:
        stopped = _later(play)
        play.tell(firm, Change.STOPPED, stopped)
        play.tell(firm, Change.RESUMED, play.between(stopped + timedelta(days=1), play.day))
    for firm in chosen[MOVED]:
        play.tell(firm, Change.MOVED_IN, play.between(play.first, play.opened))
    mistaken = chosen[MISTAKEN]
    event = play.tell(mistaken, Change.LEFT, _later(play))
    why = content("changes")["reasons"]["mistaken"]
    void(play.session, play.actor(event.effective_on), event, why)


def _later(play: Play) -> date:
    """A day after the last yearly review, before today."""
    return play.between(date(play.opened.year, 1, 2), play.day)


def _leave(play: Play) -> None:
    """Firms that were on the roster once: a few percent."""
    gone, chosen = list(_gone(play)), play.chosen
    for firm in gone[:5]:
        review = date(play.first.year + int(play.rng.integers(1, YEARS + 1)), 1, 1)
        play.tell(firm, Change.LEFT, min(review, play.opened))
    for firm in gone[5:7]:
        play.tell(firm, Change.CLOSED, play.between(play.first, play.opened))
    play.tell(gone[7], Change.CLOSED, play.between(play.opened, play.day))
    play.tell(gone[8], Change.MOVED_OUT, play.between(play.opened, play.day))
    for firm, successor in zip(gone[9:11], chosen[SUCCESSORS], strict=True):
        play.tell(firm, Change.MERGED, play.between(play.first, play.opened), other=successor)
    parent, on = gone[11], play.between(play.first, play.opened)
    play.tell(parent, Change.SPLIT, on)
    for child in chosen[CHILDREN]:
        play.tell(child, Change.ENTERED, on, other=parent)


def _gone(play: Play) -> Iterator[Firm]:
    names = content("changes")["gone"]
    codes = fictional_codes(len(names) + 2, CODES)[2:]
    for name, code, like in zip(names, codes, play.chosen[MISTAKEN + 1 :], strict=False):
        shared = {key: getattr(like, key) for key in ("district", "industry", "region")}
        firm = Firm.model_validate(
            FirmEntry(name=name, uscc=str(code), fictional=True, **shared).model_dump()
            | {"employees": 45, "revenue": 2300.0}
        )
        play.session.add(firm)
        play.session.flush()
        play.tell(firm, Change.ENTERED, date(play.first.year - 2, 1, 1), facts={"how": "yearly"})
        yield firm
