"""`diagnose demo`: a fictional district diagnosed end to end, then served."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from diagnose.commands.options import language
from diagnose.demonstration import Demonstration
from questionnaires.text import Language, Text

FICTIONAL = Text(
    "以下企业、名称、代码和数字全部虚构，仅作演示。",
    "All firms, names, codes and figures below are fictional and only for show.",
)
FILES = Text("报告和结果在 {folder}", "Reports and results are in {folder}")
PAGES = Text(
    "请在本机浏览器打开 {address}（只在本机可见；按 Ctrl+C 结束）",
    "Open {address} in a browser on this machine (visible here only; Ctrl+C ends it)",
)
NO_SIGN_IN = Text(
    "本版尚无账号，不需要登录。",
    "This version has no accounts yet; there is nothing to sign in to.",
)


@click.command(name="demo", epilog="Example: diagnose demo --firms 60 --no-serve")
@click.option("--firms", default=300, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--seed", default=0, show_default=True, help="Another seed, another district.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("instance/demo"),
    show_default=True,
    help="Where the demonstration keeps its files and its own database.",
)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="[default: today]")
@click.option("--serve/--no-serve", default=True, show_default=True, help="End in the service.")
@click.option("--port", default=8000, show_default=True)
@language
def command(
    firms: int,
    seed: int,
    folder: Path,
    day: datetime | None,
    serve: bool,
    port: int,
    language: Language,
) -> None:
    """Diagnose a fictional district end to end: sheets, results, PDFs, database, service."""
    click.echo(FICTIONAL.to(language))
    demonstration = Demonstration(
        folder, firms, seed, (day or datetime.now(UTC).astimezone()).date(), language
    )
    click.echo(demonstration.diagnose())
    click.echo(FILES.format(folder=folder).to(language))
    demonstration.keep()
    if not serve:
        return
    address = f"http://127.0.0.1:{port}/"
    click.echo(NO_SIGN_IN.to(language))
    click.echo(PAGES.format(address=address).to(language))
    sys.stdout.flush()
    demonstration.serve(port)
