"""`diagnose demo`: a fictional district diagnosed end to end, then served."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from diagnose.commands.options import language, report_day, stop
from diagnose.commands.ports import PORTS, claim
from diagnose.demonstration import Demonstration
from diagnose.running.folder_lock import FolderBusy
from diagnose.running.rendering import Unfinished
from diagnose.running.stopping import Stopped, stoppable
from diagnose.running.trouble import said
from questionnaires.text import Language, Text

FICTIONAL = Text(
    "以下企业、名称、代码和数字全部虚构，仅作演示。",
    "All firms, names, codes and figures below are fictional and only for show.",
)
CANNOT_WRITE = Text(
    "演示写不进 {folder}：{problem}。请用 --folder 换一个文件夹。",
    "The demonstration cannot write into {folder}: {problem}. Name another folder with --folder.",
)
STOPPED = Text("已停下。", "Stopped.")
HOST = "127.0.0.1"
FILES = Text("报告和结果在 {folder}", "Reports and results are in {folder}")
PDFS = Text("PDF 文件：", "PDF files:")
PAPERS = Text("{what}（{count} 份）", "{what} ({count})")
PAGES = Text(
    "请在本机浏览器打开 {address}（只在本机可见；按 Ctrl+C 结束）",
    "Open {address} in a browser on this machine (visible here only; Ctrl+C ends it)",
)
SIGN_INS = Text(
    "登录方式（密码都是 {password}）：", "Sign in as (the password is always {password}):"
)


@click.command(name="demo", epilog="Example: diagnose demo --firms 60 --no-serve")
@click.option(
    "--firms",
    default=300,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="How many firms the district has.",
)
@click.option("--seed", default=0, show_default=True, help="Another seed, another district.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("instance/demo"),
    show_default=True,
    help="Where the demonstration keeps its files and its own database.",
)
@report_day
@click.option("--serve/--no-serve", default=True, show_default=True, help="End in the service.")
@click.option("--port", default=8000, show_default=True, type=PORTS, help="Port of the service.")
@language
def command(
    firms: int,
    seed: int,
    folder: Path,
    day: date,
    serve: bool,
    port: int,
    language: Language,
) -> None:
    """Diagnose a fictional district end to end: sheets, results, PDFs, database, service.

    A first look at everything: nothing has to be prepared, and no real data are touched.
    """
    if serve:
        claim(HOST, port, language)
    click.echo(FICTIONAL.to(language))
    demonstration = Demonstration(folder, firms, seed, day, language)
    try:
        with stoppable():
            click.echo(demonstration.diagnose())
            click.echo(FILES.format(folder=folder).to(language))
            sign_ins = demonstration.keep()
    except (FolderBusy, Unfinished) as refused:
        stop(refused.message, language)
    except OSError as error:
        stop(CANNOT_WRITE.format(folder=folder, problem=said(error)), language)
    except Stopped as stopped:
        click.echo(STOPPED.to(language), err=True)
        sys.exit(stopped.code)
    _say_papers(demonstration, language)
    click.echo(SIGN_INS.format(password=sign_ins[0].password).to(language))
    for entry in sign_ins:
        click.echo(f"  {entry.username:<20} {entry.who.to(language)}")
    if not serve:
        return
    address = f"http://{HOST}:{port}/"
    click.echo(PAGES.format(address=address).to(language))
    sys.stdout.flush()
    sys.exit(demonstration.serve(port))


def _say_papers(demonstration: Demonstration, language: Language) -> None:
    """Say where the PDFs are."""
    click.echo(PDFS.to(language))
    for what, folder in demonstration.papers():
        count = sum(1 for _each in folder.rglob("*.pdf"))
        said = PAPERS.format(what=what.to(language), count=count).to(language)
        click.echo(f"  {said}  {folder}")
