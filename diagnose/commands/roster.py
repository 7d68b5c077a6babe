"""`diagnose roster`: the roster of above-scale firms and what happened to it."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

import click
from sqlmodel import Session, col, select

from diagnose.commands.deployment import deployment
from diagnose.commands.districts import chosen_district
from diagnose.commands.options import language, stop
from diagnose.commands.roster_import import import_
from diagnose.records import Actor, Firm, connect
from diagnose.records.roster import Change, Ground
from diagnose.roster.checking import EventRefused
from diagnose.roster.exporting import roster_sheet
from diagnose.roster.past import as_then, listed_on
from diagnose.roster.recording import record
from diagnose.roster.words import CHANGES, HOW
from diagnose.workflow import follow_roster
from questionnaires.clock import today
from questionnaires.text import Language, Text
from reports.workbook.tables import Sheet, write_tables

ORIGIN = "command line"
NO_FIRM = Text("没有代码为 {code} 的企业。", "No firm has the code {code}.")
NOT_WRITTEN = Text("写不了 {path}：{why}", "{path} cannot be written: {why}")
WRITTEN = Text("{count} 家企业，{day}：{path}", "{count} firms, {day}: {path}")
RECORDED = Text("已登记：{name}，{day}，{change}。", "Recorded: {name}, {day}, {change}.")

on_day: Callable[[Any], Any] = click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    callback=lambda _context, _option, given: given.date() if given else today(),
    help="The day meant.  [default: today]",
)


@click.group(name="roster")
def command() -> None:
    """Bring in a roster file, export the roster of any day, record what happened to a firm."""


command.add_command(import_)


@command.command(epilog="Example: diagnose roster export --on 2026-06-30 --out roster.xlsx")
@on_day
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="An .xlsx or .csv file (default: CSV to the terminal).",
)
@click.option("--district", default="", help="The district (default: the only one there is).")
@language
def export(day: date, out: Path | None, district: str, language: Language) -> None:
    """Write the firms that were on the roster on a day, with the facts of that day."""
    with records() as session:
        whose = chosen_district(session, district, language)
        rows = session.execute(listed_on(whose, day)).all()
        sheet = roster_sheet(as_then(session, whose, day, rows), day, language)
    if out is None:
        _write_csv(sys.stdout, sheet)
        return
    try:
        _write(out, sheet, day)
    except OSError as error:
        stop(NOT_WRITTEN.format(path=out, why=error.strerror or error), language)
    click.echo(WRITTEN.format(count=len(sheet), day=day, path=out).to(language))


@command.command(
    epilog="Example: diagnose roster event 91420102MA4K0000XX renamed --on 2026-03-01 --name 新名"
)
@click.argument("uscc")
@click.argument("change", type=click.Choice([c.value for c in Change if c != Change.VOIDED]))
@on_day
@click.option("--name", help="The new name (renamed).")
@click.option("--code", "uscc_new", help="The new code (recoded).")
@click.option("--industry", help="The new industry code (industry).")
@click.option("--street", "region", help="The street (described).")
@click.option("--park", help="The park (described).")
@click.option("--chain", help="The industry chain (described).")
@click.option("--employees", type=int, help="Employees (described).")
@click.option("--revenue", type=float, help="Revenue, CNY 10,000 a year (described).")
@click.option("--how", type=click.Choice(list(HOW)), help="How it enters (entered).")
@click.option(
    "--ground",
    type=click.Choice([ground.name.lower() for ground in Ground if ground]),
    help="Ground of the exemption (exempted).",
)
@click.option("--review-on", type=click.DateTime(["%Y-%m-%d"]), help="To be checked again then.")
@click.option(
    "--branch",
    is_flag=True,
    default=None,
    help="It is a branch, counted with its legal unit (merged).",
)
@click.option("--survives", is_flag=True, default=None, help="It goes on after the split (split).")
@click.option("--other", help="Code of the firm that goes on (merged) or of the parent (entered).")
@click.option("--reason", default="", help="What happened.")
@click.option("--proof", default="", help="The paper that proves it.")
@click.option("--asked-by", default="", help="Who asked for it.")
@language
def event(  # noqa: PLR0913  # each is an option
    *,
    uscc: str,
    change: str,
    day: date,
    uscc_new: str | None,
    ground: str | None,
    review_on: datetime | None,
    other: str | None,
    reason: str,
    proof: str,
    asked_by: str,
    language: Language,
    **facts: str | float | bool | None,
) -> None:
    """Record what happened to the firm USCC: CHANGE is the kind of event."""
    said: dict[str, Any] = {**facts, "uscc": uscc_new}
    said["ground"] = int(Ground[ground.upper()]) if ground else None
    with records() as session:
        firm = _firm(session, uscc, language)
        try:
            record(
                session,
                Actor(origin=ORIGIN),
                firm,
                Change(change),
                day,
                facts={name: value for name, value in said.items() if value is not None},
                other=_firm(session, other, language) if other else None,
                review_on=review_on.date() if review_on else None,
                reason=reason,
                proof=proof,
                asked_by=asked_by,
            )
        except EventRefused as refused:
            zh, en = ("\n".join(t.to(lang) for t in refused.problems) for lang in ("zh", "en"))
            stop(Text(zh, en), language)
        follow_roster(session, [firm.id or 0], today(), Actor(origin=ORIGIN), reason)
        session.commit()
        name = CHANGES[change].to(language)
        click.echo(RECORDED.format(name=firm.name, day=day, change=name).to(language))


@contextmanager
def records() -> Iterator[Session]:
    """A session of this deployment's database."""
    engine = connect(deployment().database_url)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def _firm(session: Session, code: str, language: Language) -> Firm:
    found = session.exec(select(Firm).where(col(Firm.uscc) == code.strip().upper())).first()
    if found is None:
        stop(NO_FIRM.format(code=code), language)
    return found


def _write(out: Path, sheet: Sheet, day: date) -> None:
    if out.suffix.lower() == ".xlsx":
        with out.open("wb") as file:
            write_tables(file, [sheet], datetime.combine(day, time()))
        return
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        _write_csv(file, sheet)


def _write_csv(file: IO[str], sheet: Sheet) -> None:
    writer = csv.writer(file)
    writer.writerow(column.head for column in sheet.columns)
    cells = (column.cells for column in sheet.columns)
    writer.writerows(["" if c is None else c for c in row] for row in zip(*cells, strict=True))
