"""What the firms of a district need, summed: how many want what, and how much money for it.

Counted are the last submitted sheets; a need counts under the type it was matched to, otherwise
under the one the firm chose. Withdrawn needs and those that cannot be met are counted, too: they
were wanted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import case, func
from sqlmodel import Session, col, select

from diagnose.needs.states import submitted_sheets
from diagnose.records import Census, Firm, Need, NeedStage
from models.disclosure import dominated, hide_small, hide_sums, publish

LEAST = 10  # firms behind a count or a mean that is given out
WITHHELD = -1


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of sums; None where it is withheld.

    `firms` want it, `needs` they named, `money` in 万元 is wanted by `paying` firms that said how
    much.
    """

    key: str
    firms: int | None
    needs: int | None
    money: float | None
    paying: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """A district's needs on a day. `sheets` were submitted by firms of `listed` on the roster.

    `by` holds the tables “division”, “type” and “scene” with their total last; `cross` counts the
    firms by division and type, under `divisions` and `types`; `WITHHELD` where it may not be shown.
    `pains` are (pain, firms, mean severity, loss in 万元, firms that told a loss), `worries`
    (worry, firms). `published` says that small cells are withheld.
    """

    day: date
    listed: int
    sheets: int
    by: Mapping[str, Sequence[Row]]
    divisions: tuple[str, ...]
    types: tuple[str, ...]
    cross: NDArray[np.int64]
    pains: Sequence[tuple[str, int | None, float | None, float | None]]
    worries: Sequence[tuple[str, int | None]]
    published: bool


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """Needs as arrays (n,): firm, division, type, scene, and 万元 (nan: not said)."""

    firm: NDArray[np.int64]
    money: NDArray[np.float64]
    keys: Mapping[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self.firm)


def sum_needs(session: Session, district: str, day: date, *, published: bool = False) -> Sums:
    """The sums of a district, in three statements; `published` withholds small cells."""
    wanted, facts = _read(session, district), _facts(session, district)
    listed = session.exec(
        select(func.count()).select_from(Firm).where(Firm.district == district, col(Firm.on_roster))
    ).one()
    divisions, types, body = _crossed(wanted)
    tables = {name: _table(wanted, name) for name in wanted.keys}
    cross = body
    if published and len(wanted):
        release = publish(body)
        cross = np.where(release.hidden[:-1, :-1], WITHHELD, body)
        small = {"type": release.hidden[-1, :-1]}
        tables = _withheld(tables, {name: small.get(name) for name in tables})
    return Sums(
        day=day,
        listed=listed,
        sheets=len(facts),
        by={name: [*table.rows, table.total] for name, table in tables.items()},
        divisions=divisions,
        types=types,
        cross=cross,
        pains=_pains(facts, published=published),
        worries=_worries(facts, published=published),
        published=published,
    )


def _read(session: Session, district: str) -> Wanted:
    kind = case((col(Need.matched_type) != "", col(Need.matched_type)), else_=col(Need.type))
    rows = session.execute(
        select(  # type: ignore[call-overload]  # more columns than it has signatures for
            Need.firm_id, Need.budget, func.substr(col(Firm.industry), 1, 2), kind, Need.scene
        )
        .join(Firm, col(Firm.id) == Need.firm_id)
        .where(
            col(Need.census_id).in_(submitted_sheets(district)),
            Need.stage != NeedStage.WITHDRAWN,
        )
    ).all()
    firm, money, division, type_, scene = zip(*rows, strict=True) if rows else [()] * 5
    keys = {"division": division, "type": type_, "scene": scene}
    return Wanted(
        np.array(firm, np.int64),
        np.array([np.nan if m is None else m for m in money], float),
        {name: np.array(values, dtype=str) for name, values in keys.items()},
    )


def _facts(session: Session, district: str) -> list[Mapping[str, Any]]:
    sheets = col(Census.id).in_(submitted_sheets(district))
    return list(session.scalars(select(Census.facts).where(sheets)))


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    rows: list[Row]
    total: Row
    money: list[NDArray[np.float64]]


def _table(wanted: Wanted, name: str) -> _Table:
    keys, at = np.unique(wanted.keys[name], return_inverse=True)
    firms, needs = _firms_by(wanted.firm, at, len(keys)), np.bincount(at, minlength=len(keys))
    money = [_money_by_firm(wanted, at == place) for place in range(len(keys))]
    whole = _money_by_firm(wanted, np.ones(len(wanted), bool))
    rows = [
        Row(str(key), int(firms[n]), int(needs[n]), float(money[n].sum()), len(money[n]))
        for n, key in enumerate(keys)
    ]
    every = len(np.unique(wanted.firm))
    return _Table(rows, Row("", every, len(wanted), float(whole.sum()), len(whole)), money)


def _withheld(
    tables: Mapping[str, _Table], small: Mapping[str, NDArray[np.bool_] | None]
) -> dict[str, _Table]:
    """The tables without small counts and unsafe sums.

    `small` are the counts already known to be withheld; a firm may stand in several rows, whose
    counts are looked at as if they added up, which hides no less. The tables share their totals:
    what one withholds of them, all do.
    """
    unsafe = {name: hide_sums(table.money) for name, table in tables.items()}
    counted = {
        name: hide_small(np.array([row.firms for row in table.rows])) if given is None else given
        for (name, table), given in zip(tables.items(), small.values(), strict=True)
    }
    few = tables["division"].total.firms or 0
    whole = few >= LEAST
    money = whole and not any(hidden[-1] for hidden in unsafe.values())
    return {
        name: _Table(
            [
                _masked(row, firms=not counted[name][n], money=not unsafe[name][n])
                for n, row in enumerate(table.rows)
            ],
            _masked(table.total, firms=whole, money=money),
            [],
        )
        for name, table in tables.items()
    }


def _masked(row: Row, *, firms: bool, money: bool) -> Row:
    """The row with what may be shown of it."""
    return Row(
        row.key,
        row.firms if firms else None,
        row.needs if firms else None,
        row.money if money and firms else None,
        row.paying if money and firms else None,
    )


def _crossed(wanted: Wanted) -> tuple[tuple[str, ...], tuple[str, ...], NDArray[np.int64]]:
    """Firms by division and type."""
    divisions, row = np.unique(wanted.keys["division"], return_inverse=True)
    types, column = np.unique(wanted.keys["type"], return_inverse=True)
    shape = len(divisions), len(types)
    body = _firms_by(wanted.firm, row * shape[1] + column, shape[0] * shape[1]).reshape(shape)
    return tuple(divisions.tolist()), tuple(types.tolist()), body


def _firms_by(firm: NDArray[np.int64], at: NDArray[np.integer], cells: int) -> NDArray[np.int64]:
    """How many different firms stand in each cell."""
    pairs = np.unique(np.column_stack([at, firm]), axis=0) if len(firm) else np.zeros((0, 2), int)
    return np.bincount(pairs[:, 0].astype(np.int64), minlength=cells)


def _money_by_firm(wanted: Wanted, rows: NDArray[np.bool_]) -> NDArray[np.float64]:
    """What each firm that said how much wants in these rows together."""
    said = rows & np.isfinite(wanted.money)
    _, at = np.unique(wanted.firm[said], return_inverse=True)
    return np.asarray(np.bincount(at, weights=wanted.money[said]), float)


def _pains(
    facts: Sequence[Mapping[str, Any]], *, published: bool
) -> list[tuple[str, int | None, float | None, float | None]]:
    told: dict[str, list[Mapping[str, Any]]] = {}
    for held in facts:
        for pain, row in (held.get("pains") or {}).items():
            told.setdefault(pain, []).append(row)
    found = []
    hidden = _small([len(rows) for rows in told.values()], published=published)
    for (pain, rows), small in zip(told.items(), hidden, strict=True):
        severity = [int(row["severity"]) for row in rows if row.get("severity")]
        losses = np.array([row["loss"] for row in rows if row.get("loss")], float)
        mean = float(np.mean(severity)) if severity else None
        few = published and len(severity) < LEAST
        loss = float(losses.sum()) if len(losses) else None
        unsafe = published and bool(dominated([losses])[0])
        found.append(
            (
                pain,
                None if small else len(rows),
                None if small or few else mean,
                None if small or unsafe else loss,
            )
        )
    return sorted(found, key=lambda row: -(row[1] or 0))


def _worries(
    facts: Sequence[Mapping[str, Any]], *, published: bool
) -> list[tuple[str, int | None]]:
    told: dict[str, int] = {}
    for held in facts:
        for worry in held.get("concerns") or ():
            told[worry] = told.get(worry, 0) + 1
    hidden = _small(list(told.values()), published=published)
    found = [(w, None if s else n) for (w, n), s in zip(told.items(), hidden, strict=True)]
    return sorted(found, key=lambda row: -(row[1] or 0))


def _small(counts: Sequence[int], *, published: bool) -> NDArray[np.bool_]:
    """Which counts to withhold; several answers a firm, so nothing adds up to a total."""
    return np.array([published and n < LEAST for n in counts], bool)
