"""The main job on a file: read, tell the story, write what was promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from diagnose.running import outputs
from diagnose.running.rendering import Shelf
from diagnose.running.staging import PROMISED, staged
from diagnose.story import Diagnosis, Judge, Until
from models.peers import Grouping
from questionnaires.errors import SheetsUnreadable
from questionnaires.readers import Reading, read_sheets
from questionnaires.text import Language, Text
from reports.workbook import write_summary

REJECTED = "rejected.csv"
NO_FIRMS = Text(
    "“{name}”只有列标题，没有企业。", 'There are headings in "{name}", but no firm below them.'
)
IN_THE_WAY = Text(
    "“{path}”就在结果要写的位置，写入会把它覆盖。请把它移到别处，或用 --out 换一个文件夹。",
    '"{path}" stands where results go and would be replaced; move it, or name another folder '
    "with --out.",
)

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
    groups: Path | None = None
    """The file that `grouping` came from."""


class InTheWay(Exception):
    """What is to be read stands where results would replace it; `message` says what to do."""

    def __init__(self, path: Path, out: Path) -> None:
        self.message = IN_THE_WAY.format(path=path, out=out)
        super().__init__(self.message.en)


@dataclass(frozen=True)
class Done:
    """What came of it: `found` is None where every row was rejected."""

    reading: Reading
    found: Diagnosis | None


def run(order: Order, judge: Judge, told: Told) -> Done:
    """Carry the order out.

    Raises `SheetsUnreadable` where nothing can be read, and `InTheWay`, `FolderBusy`, `Unfinished`
    or OSError where nothing can be written; the output folder is then as it was. Where every row
    is rejected, only the list of what is wrong with them is written.
    """
    keep_clear(order.sheets, order.out)
    reading = read_sheets(
        order.sheets, judge.questionnaire, lambda done, of: told("read", done, of)
    )
    if not reading.read:
        raise SheetsUnreadable(NO_FIRMS.format(name=order.sheets.name))
    if not len(reading.sheets):
        with staged(order.out, [REJECTED]) as folder:
            outputs.write_rejected(folder / REJECTED, reading.rejected, order.language)
        return Done(reading, None)
    with staged(order.out) as folder:
        outputs.write_rejected(folder / REJECTED, reading.rejected, order.language)
        found = judge.diagnose(reading.sheets, order.until, grouping=order.grouping, told=told)
        _write(folder, found, judge, order, told)
    return Done(reading, found)


def keep_clear(path: Path, out: Path) -> None:
    """Raise `InTheWay` where results written into `out` would replace the input `path`."""
    read = path.resolve()
    if any(read.is_relative_to((out / name).resolve()) for name in PROMISED):
        raise InTheWay(path, out)


def _write(folder: Path, found: Diagnosis, judge: Judge, order: Order, told: Told) -> None:
    batch, firms = found.batch, found.sheets.firms
    outputs.write_scores(folder / "scores.jsonl", firms, found.scores, order.language)
    if found.grouping and batch.standing:
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
