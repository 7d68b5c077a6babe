"""What takes long: looking at a file, taking it over, undoing that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from functools import partial
from io import BytesIO
from typing import Any

import orjson

from diagnose.jobs import Context, WorkFailed, work
from diagnose.records import Actor, RosterImport
from diagnose.roster.intake.comparing import plan_import
from diagnose.roster.intake.mending import to_mend
from diagnose.roster.intake.plan import Plan
from diagnose.roster.intake.reading import Head, read_head
from diagnose.roster.intake.telling import counts, tell
from diagnose.roster.intake.undoing import UndoRefused, undo
from diagnose.roster.intake.writing import ImportRefused, Source, take_over
from diagnose.web.imports.files import at_hand, drop, head_of, keep_head, new_key
from diagnose.web.imports.forms import as_day
from questionnaires.clock import today
from questionnaires.errors import SheetsUnreadable
from questionnaires.text import Text
from reports.workbook.tables import write_tables

HEAD, LOOK, TAKE, UNDO = "roster_head", "roster_look", "roster_take", "roster_undo"
OTHERWISE = Text(
    "查看之后名录有了变动，结果与当时所见不同，什么也没有写入。请重新查看。",
    "The roster changed, and the file would do something else by now. Nothing was written; look "
    "at it again.",
)
GONE = Text("文件已不在，请重新上传。", "The file is gone; upload it again.")
READING = Text("读取文件", "Reading the file")
UNDOING = Text("恢复各企业原状", "Bringing firms back in step")
WRITING = Text("写入名录", "Writing the roster")
UNDONE = Text("整批撤销导入", "the whole import undone")


@work(HEAD, Text("读取名录文件的列标题", "Read the headings of a roster file"))
def read_headings(context: Context) -> tuple[str, bytes]:
    """Read what stands in the first rows of a large file, and keep it beside the file."""
    key, told = context.arguments["key"], partial(context.progress, doing=READING)
    try:
        with at_hand(context.store, key) as path:
            keep_head(context.store, key, read_head(path, context.arguments["name"], told))
    except FileNotFoundError:
        raise WorkFailed(GONE) from None
    except SheetsUnreadable as unreadable:
        raise WorkFailed(unreadable.message) from None
    return "head.json", orjson.dumps({"key": key})


@work(LOOK, Text("查看名录文件", "Look at a roster file"))
def look(context: Context) -> tuple[str, bytes]:
    """Say what the file would do; the rows that are wrong go into the store as an Excel file."""
    said = context.arguments
    head, plan = _plan(context)
    told = tell(plan)
    if plan.bad:
        told["mend"] = new_key(".xlsx")
        context.store.put(told["mend"], _mended(head, plan, said["language"]))
    return "look.json", orjson.dumps(told)


@work(TAKE, Text("导入名录", "Take a roster file over"))
def take(context: Context) -> tuple[str, bytes]:
    """Take the file over, if it still does what was shown."""
    said = context.arguments
    head, plan = _plan(context)
    if counts(plan) != said["expected"]:
        raise WorkFailed(OTHERWISE)
    read = dict(zip(head.headings, said["meant"], strict=True))
    source = Source(said["name"], said["sha256"], read, said["vouched"])
    try:
        row = take_over(
            context.session,
            plan,
            source,
            _actor(context),
            good_only=said["take"] == "good",
            told=partial(context.progress, doing=WRITING),
        )
    except ImportRefused as refused:
        context.session.rollback()
        raise WorkFailed(refused.message) from None
    number = row.id
    context.session.commit()
    drop(context.store, said["key"])
    return "import.json", orjson.dumps({"import_id": number})


@work(UNDO, Text("撤销导入", "Undo an import"))
def take_back(context: Context) -> tuple[str, bytes]:
    """Undo an import of the officer's own district."""
    number = context.arguments["import_id"]
    row = context.session.get_one(RosterImport, number)
    assert row.district == context.account.district
    reason = UNDONE.to(context.arguments["language"])
    told = partial(context.progress, doing=UNDOING)
    try:
        undo(context.session, _actor(context), row, reason, told)
    except UndoRefused as refused:
        context.session.rollback()
        raise WorkFailed(refused.message) from None
    context.session.commit()
    return "import.json", orjson.dumps({"import_id": number})


def _plan(context: Context) -> tuple[Head, Plan]:
    said: Mapping[str, Any] = context.arguments
    context.progress(0, 1, READING)
    try:
        with at_hand(context.store, said["key"]) as path:
            head = head_of(context.store, said["key"])
            plan = plan_import(
                context.session,
                path,
                head,
                said["meant"],
                context.account.district,
                as_day(said["effective_on"]),
                whole=said["whole"],
                told=partial(context.progress, doing=READING),
            )
    except FileNotFoundError:
        raise WorkFailed(GONE) from None
    except SheetsUnreadable as unreadable:
        raise WorkFailed(unreadable.message) from None
    return head, plan


def _mended(head: Head, plan: Plan, language: Any) -> bytes:
    file = BytesIO()
    write_tables(
        file, [to_mend(head.headings, plan.bad, language)], datetime.combine(today(), time())
    )
    return file.getvalue()


def _actor(context: Context) -> Actor:
    return Actor(context.account.id)
