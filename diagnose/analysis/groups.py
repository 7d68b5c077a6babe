"""Peer groups of a district in two years, by one and the same frozen model.

A district's own fit would number and name its groups anew each year; so the sheets of both years
are placed by one model, this year's with hysteresis, and a group is always called by its name.
Without a model (fewer than 150 firms and none imported, or no groups found) there are no groups,
and firms are told apart by size and industry.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from diagnose.analysis.levels import LEAST_INSIDE, Moved, moved
from diagnose.analysis.reading import Assessed
from diagnose.pool import read_sheets
from diagnose.reading import judge, questionnaire
from diagnose.records import Assessment, Basis
from models.peers import Group, Grouping, flag_quality
from questionnaires.check import check_rows
from questionnaires.text import Text


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """The groups of one model in the years before and after.

    `counts` (years, groups) firms in each, `unplaced` (years,) those with too few answers;
    `scores` (groups,) the mean points of the later year, NaN below five firms; `moved` from group
    to group, None where there is no earlier year.
    """

    groups: tuple[Group, ...]
    years: tuple[int, ...]
    counts: NDArray[np.int64]
    unplaced: NDArray[np.int64]
    scores: NDArray[np.float64]
    moved: Moved | None


@dataclass(frozen=True, slots=True, eq=False)
class Ungrouped:
    """Why there are no groups, and firms by size and industry: (size, division, n, points)."""

    why: Text
    cells: tuple[tuple[int, str, int, float | None], ...]


def group_district(
    session: Session, held: Assessed, grouping: Grouping, before: int | None, after: int
) -> Grouped | Ungrouped:
    """The district's groups by `grouping`, and how firms moved between the years."""
    if not grouping.found:
        return Ungrouped(grouping.why, _cells(held.of_year(after)))
    years = (after,) if before is None else (before, after)
    rows = {year: held.of_year(year) for year in years}
    placed: dict[int, NDArray[np.int64]] = {}
    known = np.full(len(rows[after]), -1)
    for year in years:
        if year == after and before is not None:
            known = _group_before(rows[after], rows[before], placed[before])
        placed[year] = _place(session, rows[year], grouping, known if year == after else None)
    return Grouped(
        groups=grouping.groups,
        years=years,
        counts=np.array([_counted(placed[y], len(grouping.groups)) for y in years]),
        unplaced=np.array([int((placed[y] < 0).sum()) for y in years]),
        scores=_scores(rows[after], placed[after], len(grouping.groups)),
        moved=_moved(known, placed[after], years, len(grouping.groups)),
    )


def _place(
    session: Session,
    held: Assessed,
    grouping: Grouping,
    before: NDArray[np.int64] | None,
) -> NDArray[np.int64]:
    """(n,) the group of each sheet, -1 where it has none or can no longer be read."""
    by_id = np.argsort(held.assessment)
    chosen = select(Assessment.id).where(col(Assessment.id).in_(held.assessment.tolist()))
    sheets = check_rows(questionnaire(), read_sheets(session, chosen)).sheets
    rows = by_id[sheets.lines - 1]
    traits = judge().scorer.traits(sheets)
    known = None if before is None else before[rows]
    placed = np.full(len(held), -1)
    placed[rows] = grouping.assign(traits, flag_quality(traits), known).group
    return placed


def _group_before(now: Assessed, then: Assessed, groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """(n,) the group in which each firm of now was then, -1: none."""
    found = np.full(len(now), -1)
    _, here, there = np.intersect1d(now.firm, then.firm, return_indices=True)
    found[here] = groups[there]
    return found


def _counted(placed: NDArray[np.int64], groups: int) -> NDArray[np.int64]:
    return np.bincount(placed[placed >= 0], minlength=groups)


def _scores(held: Assessed, placed: NDArray[np.int64], groups: int) -> NDArray[np.float64]:
    """The mean points of each group, self-assessed, where there are enough firms."""
    score = held.scores(Basis.SELF)
    rows = (placed >= 0) & np.isfinite(score)
    n = np.bincount(placed[rows], minlength=groups)
    sums = np.bincount(placed[rows], weights=score[rows], minlength=groups)
    means = np.divide(sums, n, out=np.full(groups, np.nan), where=n >= LEAST_INSIDE)
    return np.asarray(means, float)


def _moved(
    before: NDArray[np.int64], after: NDArray[np.int64], years: tuple[int, ...], groups: int
) -> Moved | None:
    if len(years) == 1:
        return None
    pairs = np.column_stack([before, after])
    return moved(pairs, years[0], years[-1], groups, int((after >= 0).sum()))


def _cells(held: Assessed) -> tuple[tuple[int, str, int, float | None], ...]:
    """Firms and their mean points by size and industry."""
    keys = sorted({(int(s), str(d)) for s, d in zip(held.size, held.division, strict=True)})
    score, found = held.scores(Basis.SELF), []
    for size, division in keys:
        rows = (held.size == size) & (held.division == division) & np.isfinite(score)
        n = int(rows.sum())
        mean = float(score[rows].mean()) if n >= LEAST_INSIDE else None
        found.append((size, division, n, mean))
    return tuple(found)
