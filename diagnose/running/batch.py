"""The main job on a file: read, tell the story, write what was promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from diagnose.running import outputs
from diagnose.running.rendering import Shelf
from diagnose.running.staging import staged
from diagnose.story import Diagnosis, Judge, Until
from models.peers import Grouping
from questionnaires.readers import Reading, read_sheets
from questionnaires.text import Language
from reports.workbook import write_summary

REJECTED = "rejected.csv"

Told = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Order:
    """What `diagnose run` was asked to do."""

    sheets: Path
    out: Path
    until: Until
    grouping: Grouping | None
    day: date
    language: Language
    fictional: bool = False


@dataclass(frozen=True)
class Done:
    """What came of it: `found` is None where every row was rejected."""

    reading: Reading
    found: Diagnosis | None


def run(order: Order, judge: Judge, told: Told) -> Done:
    """Carry the order out.

    Raises `SheetsUnreadable` where nothing can be read and OSError where nothing can be written;
    in both cases the output folder is as it was. Where every row is rejected, only the list of
    what is wrong with them is written.
    """
    reading = read_sheets(
        order.sheets, judge.questionnaire, lambda done, of: told("read", done, of)
    )
    if not len(reading.sheets):
        with staged(order.out, [REJECTED]) as folder:
            outputs.write_rejected(folder / REJECTED, reading.rejected, order.language)
        return Done(reading, None)
    with staged(order.out) as folder:
        outputs.write_rejected(folder / REJECTED, reading.rejected, order.language)
        found = judge.diagnose(reading.sheets, order.until, grouping=order.grouping, told=told)
        _write(folder, found, judge, order, told)
    return Done(reading, found)


def _write(folder: Path, found: Diagnosis, judge: Judge, order: Order, told: Told) -> None:
    batch, firms = found.batch, found.sheets.firms
    outputs.write_scores(folder / "scores.jsonl", firms, found.scores, order.language)
    if found.grouping:
        outputs.write_groups(folder / "groups.json", found.grouping)
        outputs.write_peers(folder / "peers.jsonl", batch, found.grouping)
    if batch.roadmaps is not None:
        outputs.write_roadmaps(folder / "roadmaps.jsonl", firms, batch.roadmaps)
    write_summary(
        folder / "summary.xlsx",
        batch,
        order.language,
        day=order.day,
        judged=found.scores,
        groups=found.grouping.groups if found.grouping else (),
        catalogue=judge.catalogue if batch.roadmaps is not None else None,
    )
    if order.until.reaches(Until.REPORT):
        dossiers = judge.dossiers(found, order.day, fictional=order.fictional)
        shelf = Shelf(folder / "reports", order.language, len(firms))
        shelf.fill(dossiers, lambda done: told("report", done, len(firms)))
