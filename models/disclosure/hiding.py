"""Keep withheld figures company until nothing shown brings them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.disclosure.auditing import narrow
from models.disclosure.frames import Frame

Mask = NDArray[np.bool_]
Figures = NDArray[np.float64]

AUDITED, FEWEST_TRIED = 1000, 3
ONE_FIRM = 0.5  # what is less than this is none: figures may have been summed inexactly


@dataclass(frozen=True, slots=True, eq=False)
class Growing:
    """For readers who know that figures only grow: what each was at least, and who must be safe."""

    floor: Figures
    secret: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """How the figures changed since an earlier issue, and which of them could be read there."""

    by: Figures
    shown: Mask


def hide(
    figures: Figures,
    frame: Frame,
    sensitive: Mask,
    width: Figures,
    least: float,
    changes: Sequence[Change] = (),
    dear: Mask | None = None,
    growing: Growing | None = None,
) -> Mask:
    """Which figures to withhold so that the sensitive ones stay unknown.

    figures, sensitive, width: (frame.size,). A hidden figure is safe when a reader of all that is
    shown cannot pin it down to less than its `width`, and when the hidden parts of a shown total
    are two or more and sum to `least` or more; their change since an earlier issue likewise, where
    it can be read. `growing` says who must be safe from readers who know what was printed before
    and that figures only grow, too. What need not be hidden is shown again in the end. Company is
    sought among figures that are not `dear` first.
    """
    kept = np.zeros(frame.size, dtype=bool) if dear is None else dear
    rules = _Rules(figures, frame, width, least, changes, kept, growing)
    hidden = rules.mend(sensitive.copy())
    return rules.show_again(hidden, sensitive)


@dataclass(frozen=True, slots=True, eq=False)
class _Rules:
    figures: Figures
    frame: Frame
    width: Figures
    least: float
    changes: Sequence[Change]
    dear: Mask
    growing: Growing | None

    def mend(self, hidden: Mask) -> Mask:
        """Hide more until every line and every hidden figure is safe."""
        while True:
            while (place := self._open_line(hidden)) is not None:
                hidden[place] = True
            pinned = self._pinned(hidden)
            if not pinned.size or hidden.all():
                return hidden
            for place in pinned:
                hidden[self._company(hidden, place)] = True

    def show_again(self, hidden: Mask, sensitive: Mask) -> Mask:
        """Show what was hidden for company but is not needed, dear and great figures first.

        Of very many, only the first are tried: each costs an audit of all that is hidden.
        """
        company = np.flatnonzero(hidden & ~sensitive)
        order = np.lexsort((-self.figures[company], ~self.dear[company]))
        tried = max(AUDITED // max(int(hidden.sum()), 1), FEWEST_TRIED)
        while True:
            before = hidden
            for place in company[order[:tried]]:
                hidden = self._without(hidden, place)
            if hidden is before:
                return hidden

    def _without(self, hidden: Mask, place: np.intp) -> Mask:
        """The same with a figure shown, if that gives nothing away."""
        trial = hidden.copy()
        trial[place] = False
        may = hidden[place] and self._open_line(trial) is None
        return trial if may and not self._pinned(trial, only_first=True).size else hidden

    def _pinned(self, hidden: Mask, *, only_first: bool = False) -> NDArray[np.intp]:
        """The hidden figures that somebody can pin down."""
        shared = self.figures, hidden, self.frame, self.width
        found = narrow(*shared, only_first=only_first)
        if found.size or self.growing is None or not self.growing.floor[hidden].any():
            return found
        floor, secret = self.growing.floor, self.growing.secret
        return narrow(*shared, only_first=only_first, floor=floor, among=secret)

    def _open_line(self, hidden: Mask) -> np.intp | None:
        """What to hide next for the first line that gives something away; None: none does."""
        for line in self.frame.sums:
            parts, total = np.flatnonzero(line > 0), np.flatnonzero(line < 0)[0]
            if not self._is_safe(parts, total, hidden):
                free = parts[~hidden[parts]]
                return self._cheapest(free, hidden) if free.size else total
        return None

    def _is_safe(self, parts: NDArray[np.intp], total: np.intp, hidden: Mask) -> bool:
        among = parts[hidden[parts]]
        if hidden[total]:
            return among.size > 0
        if not among.size:
            return True
        enough = among.size > 1 and self.figures[among].sum() >= self.least
        return enough and all(
            self._is_change_safe(change, parts, total, hidden) for change in self.changes
        )

    def _is_change_safe(
        self, change: Change, parts: NDArray[np.intp], total: np.intp, hidden: Mask
    ) -> bool:
        """Whether the change of the hidden parts together is none, great, or cannot be read."""
        if not change.shown[total]:
            return True
        among = parts[hidden[parts] | ~change.shown[parts]]
        together = abs(change.by[among].sum())
        return bool(together < ONE_FIRM or together >= self.least)

    def _cheapest(self, places: NDArray[np.intp], hidden: Mask) -> np.intp:
        """What is missed least: little, not nought, and in lines where something is hidden."""
        touched = (self.frame.sums[:, hidden] != 0).any(axis=1)
        opened = ((self.frame.sums[:, places] != 0) & ~touched[:, None]).sum(axis=0)
        empty = self.figures[places] <= 0
        first = np.lexsort((self.figures[places], opened, self.dear[places], empty))[0]
        return np.intp(places[first])

    def _company(self, hidden: Mask, place: np.intp) -> NDArray[np.intp]:
        """One more figure out of the lines of one that can be pinned down, else of any; or none."""
        lines = self.frame.sums[:, place] != 0
        near = (self.frame.sums[lines] != 0).any(axis=0) & ~hidden
        if self.growing is not None:
            roomy = near & (self.figures - self.growing.floor >= self.least)
            near = roomy if roomy.any() else near
        free = np.flatnonzero(near if near.any() else ~hidden)
        return free if not free.size else np.array([self._cheapest(free, hidden)])
