"""The promised files of `diagnose run`, one function each; one JSON object a line."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from models.peers import Grouping
from models.roadmap.results import PlannedProject, Roadmap
from models.scoring.results import Scores
from questionnaires.readers import Rejection
from questionnaires.sheets import Firms
from questionnaires.states import never_formula
from questionnaires.text import LANGUAGES, Language, Text
from reports.dossier.batch import Batch

REJECTED_COLUMNS = ("line", "uscc", "column", "value", "code", "reason")


def write_scores(path: Path, firms: Firms, judged: Iterable[Scores], language: Language) -> None:
    """`scores.jsonl`: a line for each firm and standard; no answers, no score."""
    with path.open("wb") as file:
        for scores in judged:
            file.writelines(_score_lines(firms, scores, language))


def _score_lines(firms: Firms, scores: Scores, language: Language) -> Iterator[bytes]:
    standard = scores.standard
    names = [name.to(language) for name in standard.level_names]
    parts = [part.id for part in standard.parts]
    columns = zip(
        firms.uscc.tolist(),
        scores.score.tolist(),
        scores.level.tolist(),
        scores.parts.tolist(),
        scores.answered.tolist(),
        scores.could_add.tolist(),
        strict=True,
    )
    for uscc, score, level, points, answered, could_add in columns:
        yield _line(
            {
                "uscc": uscc,
                "standard": standard.id,
                "version": standard.version,
                "score": score if answered else None,
                "level": level,
                "level_name": names[level],
                "parts": dict(zip(parts, points, strict=True)),
                "answered": answered,
                "of": scores.of,
                "could_add": could_add,
            }
        )


def write_groups(path: Path, grouping: Grouping) -> None:
    """`groups.json`: how peer groups were chosen and what they are, or why there are none."""
    path.write_bytes(orjson.dumps(grouping.to_json(), option=orjson.OPT_INDENT_2))


def write_peers(path: Path, batch: Batch, grouping: Grouping) -> None:
    """`peers.jsonl`: each firm's group and percentiles, null where too few others are known."""
    standing, membership, quality = batch.standing, batch.membership, batch.quality
    assert standing
    assert membership
    assert quality
    named = np.array([*(group.id for group in grouping.groups), None], dtype=object)
    circles = np.array([*standing.circles, None], dtype=object)  # index -1 falls on None
    columns = zip(
        batch.sheets.firms.uscc.tolist(),
        named[membership.group].tolist(),
        membership.between.tolist(),
        _ranks(standing.rank),
        circles[standing.circle].tolist(),
        standing.peers.tolist(),
        standing.suppressed.tolist(),
        quality.careless.tolist(),
        strict=True,
    )
    measures = standing.measures
    with path.open("wb") as file:
        for uscc, group, between, ranks, circle, others, suppressed, careless in columns:
            file.write(
                _line(
                    {
                        "uscc": uscc,
                        "group": group,
                        "between": between,
                        "percentiles": dict(zip(measures, ranks, strict=True)),
                        "circle": circle,
                        "peers": others,
                        "suppressed": suppressed,
                        "review_answers": careless,
                    }
                )
            )


def _ranks(rank: NDArray[np.float32]) -> list[list[int | None]]:
    whole = np.where(np.isnan(rank), -1, rank).astype(np.int64).astype(object)
    whole[whole == -1] = None
    ranks: list[list[int | None]] = whole.tolist()
    return ranks


def write_roadmaps(path: Path, firms: Firms, roadmaps: Iterable[Roadmap]) -> None:
    """`roadmaps.jsonl`: each firm's plan, and at most how far from the best it is."""
    with path.open("wb") as file:
        for uscc, roadmap in zip(firms.uscc.tolist(), roadmaps, strict=True):
            file.write(
                _line(
                    {
                        "uscc": uscc,
                        "budget": roadmap.budget,
                        "projects": [_project(project) for project in roadmap.projects],
                        "level_after": roadmap.level_after,
                        "score_after": roadmap.score_after,
                        "optimal": roadmap.optimal,
                        "gap": roadmap.gap,
                        "note": _spoken(roadmap.note),
                    }
                )
            )


def _project(project: PlannedProject) -> dict[str, Any]:
    return {
        "id": project.id,
        "year": project.year,
        "cost": project.cost,
        "gain": project.gain,
        "because": project.because,
    }


def _spoken(text: Text | None) -> dict[str, str] | None:
    return {language: text.to(language) for language in LANGUAGES} if text else None


def _line(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_SERIALIZE_NUMPY)


def write_rejected(path: Path, rejected: Iterable[Rejection], language: Language) -> None:
    """`rejected.csv`: what was left out, where it stands and how to mend it, for a spreadsheet."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(REJECTED_COLUMNS)
        for row in rejected:
            told = (row.uscc, row.column, row.value, row.code, row.reason.to(language))
            writer.writerow([row.line, *map(never_formula, told)])
