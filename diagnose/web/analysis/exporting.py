"""The whole analysis as an Excel file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from flask_babel import gettext as _

from diagnose.analysis.groups import Grouped, Ungrouped
from diagnose.analysis.levels import LEAST_OUTSIDE, Moved, Spread, by_part, movement, whole
from diagnose.analysis.providers import Ratio, Work
from diagnose.analysis.reading import Assessed
from diagnose.analysis.scenes import Scenes
from diagnose.analysis.streets import Street
from diagnose.reading import standard
from diagnose.records import Basis
from diagnose.web.analysis.words import bases, part_name, parts, scene_name
from diagnose.web.excel import workbook_of
from diagnose.web.judging import size_name
from diagnose.web.languages import told
from models.disclosure import hide_small, publish
from models.firms import industry_name
from reports.workbook.tables import Cell, Sheet

HIDDEN = "*"
Table = Mapping[tuple[str, float], Sequence[Cell]]


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """All that is exported; `published`: only what may be given out, small cells withheld."""

    held: Assessed
    year: int
    before: int | None
    grouped: Grouped | Ungrouped | None
    scenes: Scenes
    works: Sequence[Work]
    streets: Sequence[Street]
    day: date
    published: bool


def analysis_book(found: Analysis) -> bytes:
    """Every table of the analysis in one file, with how to read it."""
    now, published = found.held.of_year(found.year), found.published
    sheets = [_levels(now, basis, published=published) for basis in Basis]
    if found.before is not None and not published:
        sheets += [_moves(found.held, basis, found.before, found.year) for basis in Basis]
    sheets.append(_scenes(found.scenes, published=published))
    if isinstance(found.grouped, Grouped):
        sheets.append(_groups(found.grouped))
    elif found.grouped is not None:
        sheets.append(_cells(found.grouped))
    if found.works:
        sheets.append(_providers(found.works))
    return workbook_of([*sheets, _streets(found.streets, published=published), _reading(found)])


def _levels(now: Assessed, basis: Basis, *, published: bool) -> Sheet:
    found = by_part(now, basis, least=1 if published else None)
    rows = [("", _("All firms"), whole(now, basis), False)]
    for part, spreads in found.items():
        hidden = _hidden(spreads) if published else [False] * len(spreads)
        rows += [
            (parts()[part], part_name(part, spread.key), spread, small)
            for spread, small in zip(spreads, hidden, strict=True)
        ]
    if published and rows[0][2].n < LEAST_OUTSIDE:
        rows = []
    cells: dict[tuple[str, float], list[Cell]] = {
        (_("Split by"), 18): [row[0] for row in rows],
        (_("Name"), 34): [row[1] for row in rows],
        (_("Firms judged (n)"), 12): [HIDDEN if row[3] else row[2].n for row in rows],
    }
    for number, name in enumerate(standard().level_names):
        cells[told(name), 14] = [_count(row[2], number, hidden=row[3]) for row in rows]
    cells[_("Mean points"), 12] = [
        _mean(row[2], hidden=row[3], published=published) for row in rows
    ]
    return Sheet.of(_("Levels, %(basis)s", basis=bases()[basis]), cells)


def _hidden(spreads: Sequence[Spread]) -> list[bool]:
    """Which rows hold a cell that must be withheld: then the whole row is, and its company."""
    if not spreads:
        return []
    counts = np.array([spread.counts for spread in spreads], float)
    return [bool(row.any()) for row in publish(counts).hidden[:-1]]


def _count(spread: Spread, level: int, *, hidden: bool) -> Cell:
    return HIDDEN if hidden or spread.counts is None else int(spread.counts[level])


def _mean(spread: Spread, *, hidden: bool, published: bool) -> Cell:
    if spread.mean is None or hidden or (published and spread.n < MEAN_OUTSIDE):
        return HIDDEN
    return round(spread.mean) if published else round(spread.mean, 2)


MEAN_OUTSIDE = 30  # firms behind a mean that is given out


def _moves(held: Assessed, basis: Basis, before: int, after: int) -> Sheet:
    found = movement(held, basis, before, after)
    names = [told(name) for name in standard().level_names]
    return _matrix(_("Movement, %(basis)s", basis=bases()[basis]), found, names)


def _matrix(title: str, found: Moved, names: Sequence[str]) -> Sheet:
    cells: dict[tuple[str, float], list[Cell]] = {
        (_("From %(year)s", year=found.before), 22): [*names, _("Firms in both years")],
    }
    for at, name in enumerate(names):
        column = found.matrix[:, at]
        cells[_("to %(name)s %(year)s", name=name, year=found.after), 16] = [
            *column.tolist(),
            int(column.sum()),
        ]
    rows = [*found.matrix.sum(axis=1).tolist(), found.n]
    cells[_("Firms"), 10] = rows
    return Sheet.of(title, cells)


def _scenes(found: Scenes, *, published: bool) -> Sheet:
    """Means by industry; given out, an industry is withheld as its number of firms is."""
    names = [told(industry_name(d)) if d else str(_("All industries")) for d in found.divisions]
    hidden = np.zeros(len(names), bool)
    if published and len(names) > 1:
        hidden = np.append(found.firms[0] < LEAST_OUTSIDE, hide_small(found.firms[1:]))
    cells: dict[tuple[str, float], list[Cell]] = {
        (_("Industry"), 30): list(names),
        (_("Firms assessed"), 10): [
            HIDDEN if hidden[at] else int(n) for at, n in enumerate(found.firms)
        ],
    }
    for at, scene in enumerate(found.scenes):
        cells[scene_name(scene), 10] = [
            HIDDEN if hidden[row] or np.isnan(value) else round(float(value) * 100)
            for row, value in enumerate(found.mean[:, at])
        ]
    return Sheet.of(_("Scenes, share of the highest"), cells)


def _groups(found: Grouped) -> Sheet:
    cells: dict[tuple[str, float], list[Cell]] = {
        (_("Group"), 30): [told(group.name) for group in found.groups]
    }
    for year, counts in zip(found.years, found.counts, strict=True):
        cells[_("Firms %(year)s", year=year), 12] = counts.tolist()
    cells[_("Mean points"), 12] = [
        HIDDEN if np.isnan(score) else round(float(score), 2) for score in found.scores
    ]
    if found.moved is not None:
        for at, group in enumerate(found.groups):
            head = _("to %(name)s %(year)s", name=told(group.name), year=found.moved.after)
            cells[head, 16] = found.moved.matrix[:, at].tolist()
    return Sheet.of(_("Groups"), cells)


def _cells(found: Ungrouped) -> Sheet:
    cells: dict[tuple[str, float], list[Cell]] = {
        (_("Size"), 12): [told(size_name(row[0])) for row in found.cells],
        (_("Industry"), 30): [told(industry_name(row[1])) for row in found.cells],
        (_("Firms"), 10): [row[2] for row in found.cells],
        (_("Mean points"), 12): [
            HIDDEN if row[3] is None else round(row[3], 2) for row in found.cells
        ],
    }
    return Sheet.of(_("Size and industry"), cells)


def _providers(works: Sequence[Work]) -> Sheet:
    cells: dict[tuple[str, float], list[Cell]] = {
        (_("Provider"), 28): [work.name or _("All together") for work in works],
        (_("Diagnoses"), 10): [work.diagnoses for work in works],
        (_("Done"), 10): [work.done for work in works],
        (_("Sheets with self and verified"), 14): [work.pairs for work in works],
        (_("Mean verified − self (points)"), 14): [_round(work.shift) for work in works],
        (_("A level or more apart"), 14): [_ratio(work.apart) for work in works],
        (_("Kappa of levels"), 10): [_round(work.kappa) for work in works],
        (_("ICC of points"), 10): [_round(work.icc) for work in works],
        (_("Sent back by review"), 14): [_ratio(work.returned) for work in works],
        (_("Passed first time"), 14): [_ratio(work.first_time) for work in works],
        (_("Steps on time"), 14): [_ratio(work.on_time) for work in works],
        (_("Quality score"), 10): [_round(work.quality[0]) for work in works],
        (_("Satisfaction"), 10): [_round(work.satisfaction[0]) for work in works],
        (_("Firms that rated"), 10): [work.satisfaction[1] for work in works],
        (_("Low ratings"), 10): [work.low.part for work in works],
    }
    return Sheet.of(_("Providers"), cells)


def _ratio(found: Ratio) -> str:
    return f"{found.part}/{found.whole}"


def _round(value: float | None) -> Cell:
    return None if value is None else round(value, 3)


def _streets(rows: Sequence[Street], *, published: bool) -> Sheet:
    few = [published and row.due < LEAST_OUTSIDE for row in rows]
    names = [*(part_name("street", row.name) for row in rows[:-1]), _("The whole district")]
    cells: dict[tuple[str, float], list[Cell]] = {
        (_("Street or park"), 24): names,
        (_("To be covered"), 10): [row.due for row in rows],
        (_("Covered"), 10): [row.covered for row in rows],
        (_("Coverage (%)"), 10): [row.share for row in rows],
    }
    if not published:
        cells |= {
            (_("Projects from the pool on"), 14): [row.pooled for row in rows],
            (_("Begun"), 10): [row.begun for row in rows],
            (_("Planned (CNY 10,000)"), 14): [row.planned for row in rows],
            (_("Contracted (CNY 10,000)"), 14): [row.contracted for row in rows],
        }
    kept = [at for at, small in enumerate(few) if not small]
    shown = {head: [values[at] for at in kept] for head, values in cells.items()}
    return Sheet.of(_("Streets and parks"), shown)


def _reading(found: Analysis) -> Sheet:
    use = _("publication") if found.published else _("use inside the bureau only")
    rows = [
        (_("As of"), found.day.isoformat()),
        (_("Year of the assessments"), found.year),
        (_("Standard"), found.held.versions),
        (_("Made for"), use),
        (_("Self-assessed"), _("what the firms answered themselves")),
        (_("Verified"), _("what stands in reports that the bureau accepted")),
        (HIDDEN, _("too few firms behind it, or withheld so that another cannot be worked out")),
    ]
    return Sheet.of(
        _("How to read this"),
        {(_("Item"), 30): [row[0] for row in rows], (_("Value"), 60): [row[1] for row in rows]},
    )
