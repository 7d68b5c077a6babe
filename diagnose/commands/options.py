"""Options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NoReturn

import click

from questionnaires.clock import today
from questionnaires.text import Language, Text

NOTHING_DONE = 2
SOME_REJECTED = 3

language: Callable[[Any], Any] = click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    envvar="DIAGNOSE_LOCALE",
    is_eager=True,
    help="Language of messages and reports.",
)

report_day: Callable[[Any], Any] = click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    callback=lambda _context, _option, given: given.date() if given else today(),
    help="The day the reports bear.  [default: today]",
)

as_json: Callable[[Any], Any] = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def stop(message: Text, speak: Language) -> NoReturn:
    """End the command with one sentence and exit 2: nothing was done."""
    click.echo(message.to(speak), err=True)
    sys.exit(NOTHING_DONE)
