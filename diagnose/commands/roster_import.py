"""`diagnose roster import`: a roster file looked at and taken over."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from hashlib import file_digest
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from sqlmodel import Session, col, select

from diagnose.commands.deployment import deployment
from diagnose.commands.options import SOME_REJECTED, language, stop
from diagnose.records import Actor, Firm, connect
from diagnose.roster.intake.comparing import plan_import
from diagnose.roster.intake.fields import NEEDED, fields, match
from diagnose.roster.intake.mending import to_mend, why
from diagnose.roster.intake.plan import Plan
from diagnose.roster.intake.reading import Head, read_head
from diagnose.roster.intake.writing import ImportRefused, Source, take_over
from questionnaires.clock import today
from questionnaires.errors import SheetsUnreadable
from questionnaires.text import Language, Text
from reports.workbook.tables import write_tables

Told = Callable[[int, int], None]

ORIGIN = "command line"
SHOWN = 20
WHICH = Text("请用 --district 指明辖区。", "Say which district with --district.")
NO_COLUMN = Text(
    "没有认出“{field}”一列。列标题：{headings}",
    "No column was recognised as “{field}”. The headings are: {headings}",
)
READING = Text("读取名录", "Reading the roster")
WRITING = Text("写入", "Writing")
FOUND = Text(
    "{rows} 行：新增 {added}，变更 {changed}，无变化 {same}，退规 {left}，错误 {bad}。",
    "{rows} rows: {added} new, {changed} changed, {same} the same, {left} leaving, {bad} wrong.",
)
ROW = Text("第 {line} 行：{why}", "Row {line}: {why}")
MORE = Text(
    "……另有 {count} 行；用 --rejected 写成 Excel。",
    "… and {count} more; write them to an Excel file with --rejected.",
)
STUCK = Text("{name}（{uscc}）：{why}", "{name} ({uscc}): {why}")
TO_COME = Text("{day} 还没有到，请用今天或更早的日期。", "{day} is still to come.")
TAKEN = Text("已导入，编号 {number}。", "Taken over as import {number}.")


@click.command(
    name="import",
    epilog="Example: diagnose roster import roster.xlsx --district 江岸区 --on 2026-03-01",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    callback=lambda _context, _option, given: given.date() if given else today(),
    help="The day from which it counts.  [default: today]",
)
@click.option("--district", default="", help="The district (default: the only one there is).")
@click.option("--source", default="", help="Where the list comes from.")
@click.option("--whole", is_flag=True, help="It is the whole roster: firms not in it have left.")
@click.option("--good-rows-only", is_flag=True, help="Leave wrong rows out, take the others.")
@click.option("--dry-run", is_flag=True, help="Say what it would do and write nothing.")
@click.option(
    "--rejected",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the wrong rows, with the reasons, to this .xlsx file.",
)
@language
def import_(  # noqa: PLR0913, PLR0917  # one for each option
    file: Path,
    day: date,
    district: str,
    source: str,
    whole: bool,
    good_rows_only: bool,
    dry_run: bool,
    rejected: Path | None,
    language: Language,
) -> None:
    """Take a CSV or Excel file over into the roster, all of it or nothing.

    Columns are recognised by their headings, Chinese or English. Exit 3 where rows were wrong.
    """
    if day > today():
        stop(TO_COME.format(day=day), language)
    engine = connect(deployment().database_url)
    try:
        with Session(engine) as session, _bars() as bars:
            head, plan = _looked_at(session, file, day, district, whole, language, bars)
            _say(plan, language)
            if rejected and plan.bad:
                _write(rejected, head, plan, language)
            if not dry_run:
                meant = dict(zip(head.headings, match(head.headings), strict=True))
                kept = Source(file.name, _fingerprint(file), meant, source)
                told = _bar(bars, WRITING, language)
                _take(session, plan, kept, good_rows_only, told, language)
    finally:
        engine.dispose()
    if plan.bad or plan.stuck:
        sys.exit(SOME_REJECTED)


def _looked_at(  # all that the plan needs
    session: Session,
    file: Path,
    day: date,
    district: str,
    whole: bool,
    language: Language,
    bars: Progress,
) -> tuple[Head, Plan]:
    whose = district or _only_district(session, language)
    try:
        head = read_head(file, file.name)
        meant = match(head.headings)
        _demand(head, meant, language)
        told = _bar(bars, READING, language)
        plan = plan_import(session, file, head, meant, whose, day, whole=whole, told=told)
    except SheetsUnreadable as unreadable:
        stop(unreadable.message, language)
    return head, plan


def _take(  # all that writing needs
    session: Session,
    plan: Plan,
    source: Source,
    good_only: bool,
    told: Told,
    language: Language,
) -> None:
    actor = Actor(origin=ORIGIN)
    try:
        row = take_over(session, plan, source, actor, good_only=good_only, told=told)
    except ImportRefused as refused:
        session.rollback()
        stop(refused.message, language)
    session.commit()
    click.echo(TAKEN.format(number=row.id).to(language))


def _only_district(session: Session, language: Language) -> str:
    names = session.exec(select(Firm.district).where(col(Firm.district) != "").distinct()).all()
    if len(names) != 1:
        stop(WHICH, language)
    return names[0]


def _demand(head: Head, meant: Sequence[str], language: Language) -> None:
    for name in NEEDED:
        if name not in meant:
            told = {"field": fields()[name].title, "headings": "、".join(head.headings)}
            stop(NO_COLUMN.format(**told), language)


def _say(plan: Plan, language: Language) -> None:
    counts = {
        "rows": plan.rows,
        "added": plan.added,
        "changed": len(plan.known),
        "same": plan.same,
        "left": len(plan.left),
        "bad": len(plan.bad),
    }
    click.echo(FOUND.format(**counts).to(language))
    for bad in plan.bad[:SHOWN]:
        click.echo(ROW.to(language).format(line=bad.line, why=why(bad, language)))
    if len(plan.bad) > SHOWN:
        click.echo(MORE.format(count=len(plan.bad) - SHOWN).to(language))
    for firm in plan.stuck[:SHOWN]:
        click.echo(STUCK.format(name=firm.name, uscc=firm.uscc, why=firm.why or "").to(language))


def _write(path: Path, head: Head, plan: Plan, language: Language) -> None:
    with path.open("wb") as file:
        sheet = to_mend(head.headings, plan.bad, language)
        write_tables(file, [sheet], datetime.combine(today(), time()))


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _bars() -> Progress:
    """Bars on a terminal; elsewhere nothing is said."""
    return Progress(console=Console(stderr=True), disable=not sys.stderr.isatty())


def _bar(bars: Progress, what: Text, language: Language) -> Told:
    task = bars.add_task(what.to(language), total=None)

    def told(done: int, of: int) -> None:
        bars.update(task, completed=done, total=of)

    return told
