"""Every figure as a set of firms: what is counted is what is listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlmodel import Session

from diagnose.coverage.arrays import Flags, Ints
from diagnose.coverage.assessed import Assessed, assess, frozen_list
from diagnose.coverage.panel import Day, Panel, panel_of
from diagnose.coverage.treatment import TREATMENT
from diagnose.records import Campaign

BY = ("street", "park", "industry", "size", "provider", "honour", "chain")

Flagged = Callable[["Figures"], Flags]


@dataclass(frozen=True, slots=True)
class Figures:
    """A district on a day, a place a firm; `assessed` belongs to the campaign, if one was chosen.

    `newcomers` entered after the base day and are neither exempt nor covered; `late` of them are
    beyond their months of grace.
    """

    panel: Panel
    at: Day
    assessed: Assessed | None
    ever: Flags
    newcomers: Flags
    late: Flags
    levels: Ints

    @property
    def ground(self) -> Ints:
        """Why each firm is exempt, as a `Ground`."""
        return self.panel.spells.ground[self.at.last]

    @property
    def entered(self) -> Ints:
        """When each firm entered the roster."""
        return self.panel.spells.entered[self.at.last]

    def codes(self, by: str) -> Ints:
        """What each firm is told apart by on its day: an id, a division, a size class."""
        spells, last = self.panel.spells, self.at.last
        columns = {
            "street": spells.street,
            "park": spells.park,
            "chain": spells.chain,
            "industry": spells.division,
            "size": spells.size,
            "honour": spells.honours,
        }
        if by == "provider":
            return self.at.provider
        found: Ints = columns[by][last]
        return found

    def part(self, by: str, code: int, figure: str = "") -> Flags:
        """The firms of one part; those of a frozen list are where they were when it was frozen."""
        if by == "honour":
            holding: Flags = np.greater(self.codes(by) & code, 0)
            return holding
        if by == "street" and figure in FROZEN and self.assessed is not None:
            return np.equal(self.assessed.street, code)
        found: Flags = np.equal(self.codes(by), code)
        return found

    def firms(self, figure: str, by: str = "", code: int = 0) -> Ints | None:
        """The ids of the firms that a figure counts, in order; None where there is no such figure.

        `figure` is a name of `FIGURES`, or `state:…`, `level:…`, `ground:…` with what is counted.
        """
        held = self._held(figure)
        if held is None:
            return None
        return self.panel.firms[held & self.part(by, code, figure) if by else held]

    def _held(self, figure: str) -> Flags | None:
        kind, _, what = figure.partition(":")
        at = self.at
        if kind == "state" and what in at.states:
            return at.listed & np.equal(at.state, at.states.index(what))
        if kind == "level" and what.removeprefix("-").isdecimal():
            return at.covered & np.equal(self.levels, int(what))
        if kind == "ground" and what.isdecimal():
            return at.exempt & np.equal(self.ground, int(what))
        if figure in FROZEN:
            return FROZEN[figure](self.assessed) if self.assessed else None
        return FIGURES[figure](self) if figure in FIGURES else None


FIGURES: Mapping[str, Flagged] = {
    "listed": lambda it: it.at.listed,
    "excluded": lambda it: it.at.exempt,
    "due": lambda it: it.at.due,
    "covered": lambda it: it.at.covered,
    "open": lambda it: it.at.due & ~it.at.covered,
    "inherited": lambda it: it.at.inherited,
    "assessed": lambda it: it.at.assessed & it.at.due,
    "ever": lambda it: it.ever,
    "newcomers": lambda it: it.newcomers,
    "late": lambda it: it.late,
}
"""Figures of a day by name."""

FROZEN: Mapping[str, Callable[[Assessed], Flags]] = {
    "frozen": lambda held: held.firms,
    "frozen_due": lambda held: held.due,
    "frozen_done": lambda held: held.done,
    "frozen_open": lambda held: held.open,
    "frozen_out": lambda held: held.out,
    "frozen_inherited": lambda held: held.inherited,
}
"""Figures of a campaign's frozen list by name."""


def figures_of(
    session: Session, district: str, day: date, campaign: Campaign | None = None
) -> Figures:
    """All figures of a district on a day; a campaign without a list yet has none."""
    panel = panel_of(session, district)
    at = panel.on(session, day)
    frozen = campaign is not None and campaign.frozen_at is not None
    held = assess(panel, frozen_list(session, panel, campaign), at.day) if frozen else None  # type: ignore[arg-type]  # frozen says there is one
    newcomers = at.due & ~at.covered & (_entered(panel, at) > _base(day, campaign))
    if held is not None:
        newcomers &= ~held.firms
    return Figures(
        panel=panel,
        at=at,
        assessed=held,
        ever=panel.ever(at.day),
        newcomers=newcomers,
        late=_late(newcomers, _entered(panel, at), day),
        levels=panel.levels(session, at),
    )


def months_before(day: date, months: int) -> date:
    """The same day some months ago; the last of the month where it has no such day."""
    at = day.year * 12 + day.month - 1 - months
    first = np.datetime64(f"{at // 12:04d}-{at % 12 + 1:02d}")
    last = (first + 1).astype("datetime64[D]") - 1
    return date(at // 12, at % 12 + 1, min(day.day, last.item().day))


def _base(day: date, campaign: Campaign | None) -> int:
    if campaign is not None:
        return campaign.base_on.toordinal()
    return months_before(day, TREATMENT.months_without_campaign).toordinal()


def _entered(panel: Panel, at: Day) -> Ints:
    return panel.spells.entered[at.last]


def _late(newcomers: Flags, entered: Ints, day: date) -> Flags:
    return newcomers & (entered < months_before(day, TREATMENT.grace_months).toordinal())
