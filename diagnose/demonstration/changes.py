"""The roster of the fictional district: files, then three years of changes up to today's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
from sqlalchemy import update
from sqlmodel import Session, col, select

from diagnose.demonstration.people import Cast
from diagnose.demonstration.rosters import Entering, bring_in, spoil
from diagnose.demonstration.scene import Scene
from diagnose.fictional.codes import fictional_codes
from diagnose.fictional.content import content
from diagnose.records import Actor, Firm, FirmEntry
from diagnose.records.roster import Change, Honour, RosterEvent
from diagnose.roster.recording import record, void
from diagnose.roster.stands import FACTS
from questionnaires.clock import day_of

YEARS = 3
LONG_SINCE = 0.7  # share of firms that entered before
YEARLY = 0.75  # share of the others that entered with a yearly review
HONOURS = (0, Honour.INNOVATIVE, Honour.SPECIALISED, Honour.LITTLE_GIANT | Honour.SPECIALISED)
HONOURED = (0.62, 0.2, 0.14, 0.04)
IN_PRODUCTION = range(3, 12)  # months in which firms newly in production enter
NOT_BEGUN = "to_assign"
LEAST = 60  # a smaller district keeps its firms
CODES = 999  # a seed of its own
AFTERWARDS = timedelta(days=12)  # the bureau hears of a change so much later

RENAMED, RECODED, INDUSTRY = slice(0, 6), slice(6, 8), slice(8, 11)
RESTED, DESCRIBED, MOVED = slice(11, 15), slice(15, 27), slice(27, 30)
CHILDREN, SUCCESSORS, MISTAKEN = slice(30, 32), slice(32, 34), 34
"""Which of the shuffled firms are changed how."""

Facts = dict[str, Any]


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
    today: Mapping[int | None, Facts]

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


def show_roster(scene: Scene, entries: Sequence[FirmEntry]) -> tuple[Firm, ...]:
    """Bring the firms onto the roster and let a few change; the firms in the order of `entries`.

    `entries` say how the firms are to end. Call it before anything else happens to them.
    """
    session, officer, rng = scene.session, scene.cast.officer, scene.rng
    opened = day_of(scene.table.opened)
    first = date(opened.year - YEARS, 1, 1)
    facts = [_described(entry, rng) for entry in entries]
    order = rng.permutation(len(facts)).tolist() if len(facts) >= LEAST else []
    entering = _entering(facts, order, (first, opened), rng)
    if order:
        waiting = [row for row in order[MISTAKEN + 1 :] if scene.table.ends[row] == NOT_BEGUN]
        entering |= _newly(entering, waiting[::2], (opened, scene.day), rng)
    gone = [*_gone([facts[row] for row in order[MISTAKEN + 1 :]], first)]
    by_file = [each for each in entering.values() if each.how == "yearly"]
    if order:
        untouched = [entering[row] for row in order[MISTAKEN + 1 :]]
        by_file = _with_faults(by_file, [each for each in untouched if each.on <= first])
    bring_in(session, officer, [*by_file, *gone], first)
    firms = _firms(scene, facts, entering)
    chosen = [firms[row] for row in order]
    today = {firm.id: said for firm, said in zip(firms, facts, strict=True)}
    play = Play(session, scene.cast, first, opened, scene.day, rng, chosen, today)
    for row, each in entering.items():
        if each.how != "yearly":
            play.tell(firms[row], Change.ENTERED, each.on, facts={"how": each.how})
    if chosen:
        _change(play)
        _leave(play, [_named(session, str(each.facts["uscc"])) for each in gone])
    session.flush()
    return tuple(firms)


def _described(entry: FirmEntry, rng: np.random.Generator) -> Facts:
    """What is known of a firm today."""
    said = content("changes")
    held = {name: getattr(entry, name) for name in FACTS}
    return held | {
        "park": entry.region if entry.region in said["parks"] else "",
        "chain": said["chains"].get(entry.industry[:2], ""),
        "honours": int(rng.choice(HONOURS, p=HONOURED)),
        "grid": str(rng.choice(said["grid"])),
    }


def _entering(
    facts: Sequence[Facts],
    order: Sequence[int],
    span: tuple[date, date],
    rng: np.random.Generator,
) -> dict[int, Entering]:
    """How each firm was when it entered; those that come in another way are left out.

    Firms that are changed later entered long since.
    """
    before = dict(_before(facts, order))
    brought, changed = {*order[MOVED], *order[CHILDREN]}, {*order[: MISTAKEN + 1]}
    found = {}
    for row, today in enumerate(facts):
        on, how = _since(span, rng)
        if row in changed:
            on, how = date(span[0].year - 1 - row % YEARS, 1, 1), "yearly"
        if row not in brought:
            found[row] = Entering(today | before.get(row, {}), on, how)
    return found


def _before(facts: Sequence[Facts], order: Sequence[int]) -> Iterator[tuple[int, Facts]]:
    """What is said of firms today and was not so when they entered."""
    for row in order[RENAMED]:
        yield row, {"name": facts[row]["name"].replace("有限公司", "") + "厂"}
    codes = fictional_codes(len(order[RECODED]), CODES)
    for row, code in zip(order[RECODED], codes, strict=True):
        yield row, {"uscc": str(code)}
    for row in order[INDUSTRY]:
        yield row, {"industry": facts[row]["industry"][:2]}
    for row in order[DESCRIBED]:
        employees = facts[row]["employees"]
        fewer = None if employees is None else int(employees * 0.9)
        yield row, {"employees": fewer, "honours": 0}


def _since(span: tuple[date, date], rng: np.random.Generator) -> tuple[date, str]:
    """When and how a firm entered: with a yearly review, or newly in production in a month."""
    first, opened = span
    if rng.random() < LONG_SINCE:
        return date(first.year - int(rng.integers(1, 8)), 1, 1), "yearly"
    if rng.random() < YEARLY:
        return date(first.year + int(rng.integers(YEARS + 1)), 1, 1), "yearly"
    drawn = first + timedelta(days=int(rng.integers(max(1, (opened - first).days))))
    month = min(max(drawn.month, IN_PRODUCTION[0]), IN_PRODUCTION[-1])
    return min(drawn.replace(day=1, month=month), opened), "monthly"


def _newly(
    entering: Mapping[int, Entering],
    rows: Iterable[int],
    span: tuple[date, date],
    rng: np.random.Generator,
) -> dict[int, Entering]:
    """Firms newly in production that enter after the campaign began."""
    first, last = span
    firsts = [first + timedelta(days=each) for each in range(1, (last - AFTERWARDS - first).days)]
    months = [each for each in firsts if each.day == 1 and each.month in IN_PRODUCTION]
    if not months:
        return {}
    return {row: replace(entering[row], on=_one(months, rng), how="monthly") for row in rows}


def _one(days: Sequence[date], rng: np.random.Generator) -> date:
    return days[int(rng.integers(len(days)))]


def _with_faults(by_file: Sequence[Entering], old: Sequence[Entering]) -> list[Entering]:
    """What files say of firms, with faults in some rows of old firms, and one firm twice."""
    spoilt = {id(one): other for one, other in zip(old, spoil(old), strict=True)}
    return [*(spoilt.get(id(each), each) for each in by_file), old[-1]]


def _gone(like: Sequence[Facts], first: date) -> Iterator[Entering]:
    """Firms that were on the roster once."""
    names = content("changes")["gone"]
    codes = fictional_codes(len(names) + 2, CODES)[2:]
    for name, code, facts in zip(names, codes, like, strict=False):
        own = {"name": name, "uscc": str(code), "employees": 45, "revenue": 2300.0, "honours": 0}
        yield Entering(facts | own, date(first.year - 2, 1, 1), "yearly")


def _firms(scene: Scene, facts: Sequence[Facts], entering: Mapping[int, Entering]) -> list[Firm]:
    """The firms as the files left them; those that no file brought are not on the roster yet."""
    session, district = scene.session, scene.cast.officer.district
    for row, said in enumerate(facts):
        if row not in entering or entering[row].how != "yearly":
            own = {"district": district, "created_at": scene.table.opened}
            session.add(Firm.model_validate(FirmEntry(**said).model_dump() | own))
    session.flush()
    session.exec(update(Firm).where(col(Firm.district) == district).values(fictional=True))
    codes = [
        str(entering[row].facts["uscc"] if row in entering else said["uscc"])
        for row, said in enumerate(facts)
    ]
    return [_named(session, code) for code in codes]


def _named(session: Session, code: str) -> Firm:
    return session.exec(select(Firm).where(Firm.uscc == code)).one()


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


def _leave(play: Play, gone: Sequence[Firm]) -> None:
    """Firms that were on the roster once: a few percent."""
    chosen = play.chosen
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
