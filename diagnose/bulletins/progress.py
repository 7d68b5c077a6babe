"""Progress of streets and providers: number, gap, light, and the firm that waits longest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any

import numpy as np
from sqlmodel import Session, col, select

from diagnose.campaigns.lights import elapsed, light
from diagnose.campaigns.progress import targets_of
from diagnose.coverage import Figures
from diagnose.records import Campaign, Firm, Tag

Line = dict[str, Any]


def unit_lines(
    counted: tuple[list[str], list[list[int]]],
    oldest: Mapping[str, Line],
    campaign: Campaign | None,
    day: date,
    targets: Mapping[str, tuple[float, date]] | None = None,
) -> list[Line]:
    """A line a unit; `targets` by name where they differ from the campaign's own."""
    lines = []
    for name, (done, missing) in zip(*counted, strict=True):
        line: Line = {"name": name, "done": done, "due": done + missing, "oldest": oldest.get(name)}
        if campaign is not None:
            own = (targets or {}).get(name, (campaign.target, campaign.due_on))
            line |= _measured(line, own, campaign.opens_on, day)
        lines.append(line)
    return lines


def _measured(line: Line, own: tuple[float, date], opens_on: date, day: date) -> Line:
    target, due_on = own
    wanted = line["due"] * target / 100
    return {
        "gap": max(ceil(round(wanted, 6)) - line["done"], 0),
        "light": str(light(line["done"], wanted, elapsed(opens_on, due_on, day))),
    }


def street_targets(session: Session, campaign: Campaign | None) -> dict[str, tuple[float, date]]:
    """The streets that have a target of their own, by name."""
    if campaign is None:
        return {}
    own = targets_of(session, campaign)
    names = dict(session.exec(select(Tag.id, Tag.name).where(col(Tag.id).in_(own))).all())
    return {names[at]: (row.target, row.due_on or campaign.due_on) for at, row in own.items()}


def oldest_open(
    session: Session, found: Figures, by: str, names: Mapping[int, str]
) -> dict[str, Line]:
    """For each street or provider, by name, the open firm that is longest on the roster."""
    at, codes = found.at, found.codes(by)
    waiting = np.flatnonzero(at.due & ~at.covered)
    waiting = waiting[np.argsort(found.entered[waiting], kind="stable")]
    parts, first = np.unique(codes[waiting], return_index=True)
    chosen = waiting[first]
    firms = firm_names(session, found.panel.firms[chosen].tolist())
    return {
        names.get(part, ""): {
            "firm": firms[int(found.panel.firms[place])],
            "state": at.states[at.state[place]],
            "since": date.fromordinal(int(found.entered[place])).isoformat(),
        }
        for part, place in zip(parts.tolist(), chosen.tolist(), strict=True)
    }


def firm_names(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The names of firms by id."""
    rows = session.exec(select(Firm.id, Firm.name).where(col(Firm.id).in_(ids)))
    return {number: name for number, name in rows if number is not None}
