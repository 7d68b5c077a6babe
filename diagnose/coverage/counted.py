"""What is counted of coverage: a part of the district, a campaign's list, the whole of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from diagnose.coverage.treatment import TREATMENT
from diagnose.records.roster import Ground


def tenths(part: int, whole: int) -> float | None:
    """`part` of `whole` per cent, cut after the first decimal."""
    return part * 1000 // whole / 10 if whole else None


@dataclass(frozen=True, slots=True)
class Tally:
    """Firms of one part of the district: on the roster, exempt, covered, self-assessed lately.

    `key` names the part as texts do (a street, a division, the id of a provider); '' where it is
    not known. `code` is the number that stands for it in addresses.
    """

    key: str
    listed: int
    excluded: int
    covered: int
    assessed: int
    code: int = 0

    @property
    def due(self) -> int:
        """The denominator: firms on the roster without the exempt ones."""
        return self.listed - self.excluded

    @property
    def open(self) -> int:
        """Firms that are due and not covered."""
        return self.due - self.covered

    @property
    def share(self) -> float | None:
        """Covered per cent, cut to one decimal: 99.96 never reads 100. None: nobody is due."""
        return tenths(self.covered, self.due)

    @property
    def assessed_share(self) -> float | None:
        """Self-assessed per cent, cut likewise."""
        return tenths(self.assessed, self.due)

    @property
    def excluded_share(self) -> float | None:
        """Exempt per cent of the roster."""
        return tenths(self.excluded, self.listed)

    @property
    def full(self) -> bool:
        """Whether every firm that is due is covered."""
        return self.due > 0 and self.covered == self.due

    @property
    def many_excluded(self) -> bool:
        """Whether so many are exempt that it has to be said."""
        return self.excluded * 100 > self.listed * TREATMENT.exclusions


@dataclass(frozen=True, slots=True)
class Frozen:
    """A campaign's figure, of its list or a street of it.

    `firms` stand for the list by now, `out` of them are left out, `done` count; `inherited` of
    these count by the report of a firm merged into them. `oldest` is the firm longest on the
    roster among those still open, and since when; None where none is.
    """

    key: str
    code: int
    firms: int
    out: int
    done: int
    inherited: int
    oldest: tuple[int, date] | None

    @property
    def due(self) -> int:
        """The denominator."""
        return self.firms - self.out

    @property
    def open(self) -> int:
        """Firms still to be diagnosed."""
        return self.due - self.done

    @property
    def share(self) -> float | None:
        """Done per cent, cut to one decimal."""
        return tenths(self.done, self.due)

    @property
    def out_share(self) -> float | None:
        """Left out per cent."""
        return tenths(self.out, self.firms)

    @property
    def many_out(self) -> bool:
        """Whether so many are left out that it has to be said."""
        return self.out * 100 > self.firms * TREATMENT.exclusions


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage of a district on a day; `states` and `levels` count firms, `by` holds the parts.

    `assessed` is the campaign's figure and `streets` its parts, `listed` how long its list is;
    `ever` counts all firms diagnosed so far. `inherited` firms are covered by the report of a firm
    merged into them. `newcomers` entered after the campaign's base day and wait for a diagnosis,
    `late` of them for longer than the grace. `grounds` counts who is exempt and why. `levels`
    counts the verified levels of the covered firms; None where a report judged none.
    """

    district: str
    day: date
    total: Tally
    states: Mapping[str, int]
    levels: Mapping[int | None, int]
    by: Mapping[str, tuple[Tally, ...]]
    ever: int
    inherited: int
    newcomers: int
    late: int
    grounds: Mapping[Ground, int]
    list_version: str = ""
    listed: int = 0
    assessed: Frozen | None = None
    streets: tuple[Frozen, ...] = ()
