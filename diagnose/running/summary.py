"""The closing words of `diagnose run`."""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson

from diagnose.running.batch import Done, Order
from diagnose.story import Diagnosis, Until
from models.peers import Grouping
from questionnaires.text import Language, Text

DONE = Text(
    "已诊断 {firms} 家企业，退回 {rejected} 行。",
    "Firms diagnosed: {firms}. Rows rejected: {rejected}.",
)
GIVEN = Text(
    "按 {path} 里的 {count} 个群组归类。",
    "Firms are assigned to the {count} groups in {path}.",
)
NONE_GIVEN = Text(
    "{path} 里没有群组，改按行业和规模比较。",
    "There are no groups in {path}; firms are compared by industry and size.",
)
LEVELS = Text("等级分布：", "Levels: ")
WHERE = Text("结果在 {out}。", "The results are in {out}.")
MEND = Text(
    "退回的行、字段和原因写在 {path}，改好后可再次运行。",
    "Rejected rows with their fields and reasons are in {path}; mend them and run again.",
)
AND_MORE = Text("……还有 {count} 处。", "… and {count} more.")
PLACE = Text("第 {line} 行{column}：{reason}", "line {line}{column}: {reason}")
COLUMN = Text(" {column}", ", {column}")
SHOWN = 20


def summarise(done: Done, order: Order, *, as_json: bool) -> str:
    """What was done, in a few lines or as JSON."""
    if as_json:
        return orjson.dumps(_figures(done, order), option=orjson.OPT_INDENT_2).decode()
    return "\n".join(text.to(order.language) for text in _sentences(done, order))


def _figures(done: Done, order: Order) -> dict[str, Any]:
    found = done.found
    return {
        "firms": len(done.reading.sheets),
        "rejected_rows": _rejected_rows(done),
        "levels": _levels(found) if found else {},
        "groups": [group.id for group in found.grouping.groups]
        if found and found.grouping and found.batch.standing
        else None,
        "out": str(order.out),
    }


def _sentences(done: Done, order: Order) -> list[Text]:
    said = [DONE.format(firms=len(done.reading.sheets), rejected=_rejected_rows(done))]
    if done.found:
        said.append(_level_line(done.found))
        if order.until.reaches(Until.PEERS) and done.found.grouping:
            said.append(_groups_line(done.found.grouping, order))
    if done.reading.rejected:
        said += _rejections(done, order)
    if done.found:
        said.append(WHERE.format(out=order.out))
    return said


def _groups_line(grouping: Grouping, order: Order) -> Text:
    if order.groups is None:
        return grouping.why
    sentence = GIVEN if grouping.found else NONE_GIVEN
    return sentence.format(path=order.groups, count=len(grouping.groups))


def _rejections(done: Done, order: Order) -> list[Text]:
    rejected = done.reading.rejected
    said = [
        PLACE.format(
            line=one.line,
            column=COLUMN.format(column=one.column) if one.column else "",
            reason=one.reason,
        )
        for one in rejected[:SHOWN]
    ]
    if len(rejected) > SHOWN:
        said.append(AND_MORE.format(count=len(rejected) - SHOWN))
    return [*said, MEND.format(path=order.out / "rejected.csv")]


def _rejected_rows(done: Done) -> int:
    return len({one.line for one in done.reading.rejected})


def _levels(found: Diagnosis) -> dict[str, int]:
    level = found.scores[0].level
    counts = np.bincount(level, minlength=len(found.scores[0].standard.levels) + 1)
    return {str(number): int(count) for number, count in enumerate(counts)}


def _level_line(found: Diagnosis) -> Text:
    standard = found.scores[0].standard
    counts = _levels(found)

    def line(language: Language) -> str:
        return LEVELS.to(language) + " · ".join(
            f"{standard.level_name(int(number)).to(language)} {count}"
            for number, count in counts.items()
        )

    return Text(line("zh"), line("en"))
