"""A ledger made: at once, or by a job."""

from __future__ import annotations

from pathlib import Path

from flask import current_app
from sqlmodel import Session

from diagnose.jobs import Context, WorkFailed, work
from diagnose.ledgers.gathering import gather
from diagnose.ledgers.ordering import OrderInvalid, Shown, own_order, usual_order
from diagnose.ledgers.reading import Ledger, ledgers
from diagnose.ledgers.writing import ledger_sheet
from diagnose.records import Account, Actor, note
from diagnose.web.excel import workbook_of
from questionnaires.clock import today
from questionnaires.text import Language, Text

STEPS = 3
FAULTY = Text(
    "本单位的列设置文件有错误，没有生成台账。请到“列设置”页改正。",
    "The bureau's own columns have faults and there is no ledger. Mend them on their page.",
)


@work("ledger", Text("生成台账", "Write a ledger"))
def write_ledger(context: Context) -> tuple[str, bytes]:
    """The job of a large district's ledger."""
    said, held = context.arguments, ledgers()[context.arguments["ledger"]]
    language: Language = said["language"]
    context.progress(1, STEPS)
    try:
        content, rows = make(context.session, held, context.account, language)
    except OrderInvalid:
        raise WorkFailed(FAULTY) from None
    actor = Actor(context.account.id)
    note(context.session, actor, "ledger.export", f"ledger:{held.id}", rows=rows)
    context.session.commit()
    return file_name(held, context.account, language), content


def make(
    session: Session, ledger: Ledger, account: Account, language: Language
) -> tuple[bytes, int]:
    """The Excel file of a ledger, and how many rows it has; raises `OrderInvalid`."""
    order = order_of(ledger, account)
    frame, day = gather(session, ledger.id, account, today()), today()
    sheet = ledger_sheet(ledger, order, frame, language, (account.district, day))
    return workbook_of([sheet]), len(sheet)


def order_of(ledger: Ledger, account: Account) -> tuple[Shown, ...]:
    """The columns that the account's district wants, else the usual ones."""
    found = own_order(instance(), account.district, ledger)
    return usual_order(ledger) if found is None else found


def file_name(ledger: Ledger, account: Account, language: Language) -> str:
    """What the file is called."""
    title = ledger.title.to(language).replace("/", "-")
    return f"{title} {account.district} {today()}.xlsx"


def instance() -> Path:
    """The folder that this deployment owns."""
    return Path(current_app.instance_path)
