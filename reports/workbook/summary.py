"""`summary.xlsx`: scores, peers and projects of many firms, a sheet each, for people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.firms import SIZES
from models.peers.results import Group
from models.roadmap import Catalogue
from models.scoring.results import Scores
from questionnaires.text import Language, Text
from reports.dossier.batch import Batch
from reports.dossier.case import SEMICOLON
from reports.phrases import Phrasebook
from reports.workbook.tables import Column, Sheet, write_tables

say = Phrasebook("workbook")
circles = Phrasebook("findings")

WIDTHS = {"uscc": 21.0, "name": 32.0, "level_name": 16.0, "group": 24.0, "second": 24.0}
WIDTHS |= {"circle": 26.0, "region": 14.0, "project_name": 34.0, "because": 40.0, "standard": 12.0}
WIDTH = 11.0


def write_summary(
    path: Path,
    batch: Batch,
    language: Language,
    *,
    day: date,
    judged: Sequence[Scores] = (),
    groups: Sequence[Group] = (),
    catalogue: Catalogue | None = None,
) -> None:
    """Write as many sheets as the diagnosis went far.

    `judged` are the scores of all standards where there are several (default: the batch's);
    `groups` those of the batch's membership. The same findings and day give the same bytes.
    Raises OSError where `path` cannot be written.
    """
    pen = _Pen(batch, language)
    sheets = [pen.scores(judged or (batch.scores,))]
    if batch.standing is not None and batch.membership is not None:
        sheets.append(pen.peers(groups))
    if batch.roadmaps is not None and catalogue is not None:
        sheets.append(pen.projects(catalogue))
    with path.open("wb") as file:
        write_tables(file, sheets, datetime.combine(day, time()))


class _Pen:
    """Turns the findings of a batch into columns, in one language."""

    def __init__(self, batch: Batch, language: Language) -> None:
        self._batch = batch
        self._language = language
        standard = batch.scores.standard
        titles = [(asked.id, asked.label) for asked in batch.sheets.questionnaire.questions]
        titles += [(item.question, item.title) for item in standard.items]
        titles += [(scene.question, scene.title) for scene in standard.scenes]
        self._titles = {question: title.to(language) for question, title in titles}

    def scores(self, judged: Sequence[Scores]) -> Sheet:
        """A row for each firm and standard; no answers, no score."""
        times = len(judged)
        firms, sizes = self._batch.sheets.firms, self._batch.profiles.size
        columns = self._firms(firms.uscc.tolist() * times, firms.name.tolist() * times)
        columns += [
            self._column("industry", firms.industry.tolist() * times),
            self._column("region", firms.region.tolist() * times),
            self._column("size", self._named(SIZES, sizes) * times),
        ]
        if times > 1:
            ids = [scores.standard.id for scores in judged for _ in range(len(scores))]
            columns.append(self._column("standard", ids))
        columns += self._judgements(judged)
        return self._sheet("scores", columns)

    def _judgements(self, judged: Sequence[Scores]) -> list[Column]:
        """Level and points; the parts of several standards would not share columns."""
        names = [self._named(s.standard.level_names, s.level) for s in judged]
        columns = [
            self._column("level", _joined([s.level for s in judged])),
            self._column("level_name", [name for each in names for name in each]),
            self._column(
                "score", _joined([np.where(s.answered > 0, s.score, np.nan) for s in judged])
            ),
        ]
        if len(judged) == 1:
            parts = judged[0].standard.parts
            columns += [
                Column(part.title.to(self._language), WIDTH, _cells(judged[0].parts[:, at]))
                for at, part in enumerate(parts)
            ]
        columns += [
            self._column("answered", _joined([s.answered for s in judged])),
            self._column("of", [s.of for s in judged for _ in range(len(s))]),
            self._column("could_add", _joined([s.could_add for s in judged])),
        ]
        return columns

    def peers(self, groups: Sequence[Group]) -> Sheet:
        """A row for each firm: group, circle and percentiles, empty where suppressed."""
        batch = self._batch
        standing, membership, firms = batch.standing, batch.membership, batch.sheets.firms
        assert standing is not None
        assert membership is not None
        names = [group.name for group in groups]
        second = np.where(membership.between, membership.second, -1)
        known = [circles(f"peers.circles.{circle}") for circle in standing.circles]
        columns = self._firms(firms.uscc.tolist(), firms.name.tolist())
        columns += [
            self._column("group", self._named(names, membership.group)),
            self._column("second", self._named(names, second)),
            self._column("circle", self._named(known, standing.circle)),
            self._column("peers", _cells(standing.peers)),
        ]
        parts = batch.scores.standard.parts
        heads = [say("column.rank_score")]
        heads += [say("column.rank_part", part=part.title) for part in parts]
        columns += [
            Column(head.to(self._language), WIDTH, _cells(standing.rank[:, at]))
            for at, head in enumerate(heads)
        ]
        if batch.quality is not None:
            columns.append(self._column("review", self._ticked(batch.quality.careless)))
        return self._sheet("peers", columns)

    def projects(self, catalogue: Catalogue) -> Sheet:
        """A row for each planned project, in the order of firms and years."""
        firms, roadmaps = self._batch.sheets.firms, self._batch.roadmaps or ()
        planned = [(at, p) for at, roadmap in enumerate(roadmaps) for p in roadmap.projects]
        titles = {project.id: project.name.to(self._language) for project in catalogue.projects}
        columns = self._firms(
            [firms.uscc[at] for at, _ in planned], [firms.name[at] for at, _ in planned]
        )
        yes = say("yes").to(self._language)
        told: dict[str, list[Any]] = {
            "year": [p.year for _, p in planned],
            "project": [p.id for _, p in planned],
            "project_name": [titles[p.id] for _, p in planned],
            "low": [round(p.low, 2) for _, p in planned],
            "cost": [round(p.cost, 2) for _, p in planned],
            "high": [round(p.high, 2) for _, p in planned],
            "yearly": [yes if p.yearly else None for _, p in planned],
            "gain": [p.gain for _, p in planned],
            "because": [self._questions(p.because) for _, p in planned],
        }
        columns += [self._column(id_, cells) for id_, cells in told.items()]
        return self._sheet("projects", columns)

    def _questions(self, ids: Sequence[str]) -> str:
        separator = SEMICOLON.to(self._language)
        return separator.join(self._titles[id_] for id_ in ids)

    def _firms(self, codes: list[Any], names: list[Any]) -> list[Column]:
        return [self._column("uscc", codes), self._column("name", names)]

    def _named(self, names: Sequence[Text], index: NDArray[Any]) -> list[str | None]:
        """Names by index; an index of -1 has none."""
        told = [*(name.to(self._language) for name in names), None]
        return [told[at] for at in index.tolist()]

    def _ticked(self, holds: NDArray[np.bool_]) -> list[str | None]:
        yes = say("yes").to(self._language)
        return [yes if each else None for each in holds.tolist()]

    def _column(self, id_: str, cells: list[Any]) -> Column:
        head = say(f"column.{id_}").to(self._language)
        return Column(head, WIDTHS.get(id_, WIDTH), cells)

    def _sheet(self, id_: str, columns: list[Column]) -> Sheet:
        return Sheet(say(f"sheet.{id_}").to(self._language), tuple(columns))


def _cells(values: NDArray[Any]) -> list[Any]:
    """Numbers as cells, NaN as an empty one; single precision as it was meant."""
    if values.dtype.kind != "f":
        return list(values.tolist())
    return [None if isnan(value) else value for value in values.astype(np.float64).tolist()]


def _joined(columns: list[NDArray[Any]]) -> list[Any]:
    return _cells(np.concatenate(columns))
