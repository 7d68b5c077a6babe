"""`diagnose run`: the main job on a file of answer sheets."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from diagnose.commands.options import SOME_REJECTED, language, report_day, stop
from diagnose.running.batch import Done, InTheWay, Order, keep_clear, run
from diagnose.running.console import Teller
from diagnose.running.folder_lock import FolderBusy
from diagnose.running.groups_file import read_groups
from diagnose.running.rendering import Unfinished
from diagnose.running.stopping import Stopped, stoppable
from diagnose.running.summary import summarise
from diagnose.running.trouble import said
from diagnose.story import Judge, Until
from models.peers.exchange import GroupsInvalid
from models.scoring import load_standard
from models.scoring.reading import StandardUnknown
from questionnaires import load
from questionnaires.errors import QuestionnaireUnknown, SheetsUnreadable
from questionnaires.text import Language, Text

CANNOT_WRITE = Text(
    "结果写不进 {out}：{problem}。输出文件夹保持原样，请腾出空间或换一个文件夹再试。",
    "The results cannot be written into {out}: {problem}. The output folder is as it was; "
    "free some space or name another folder, then try again.",
)
STOPPED = Text("已停下，{out} 保持原样。", "Stopped; {out} is as it was.")
OTHER_QUESTIONNAIRE = Text(
    "标准 {standard} 评判的是问卷 {its}，不是 {asked}。",
    "Standard {standard} judges the questionnaire {its}, not {asked}.",
)
REFUSALS = (
    QuestionnaireUnknown,
    StandardUnknown,
    GroupsInvalid,
    SheetsUnreadable,
    InTheWay,
    FolderBusy,
    Unfinished,
)


@click.command(
    name="run",
    epilog="Example: diagnose run sheets.xlsx --out results --until peers",
)
@click.argument("sheets", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the results; made if missing.",
)
@click.option(
    "--questionnaire",
    default="sme-2024",
    show_default=True,
    metavar="ID",
    help="Questionnaire that the sheets answer.",
)
@click.option(
    "--standard",
    "standards",
    multiple=True,
    default=("sme-2024",),
    show_default=True,
    metavar="ID",
    help="Standard to judge by; repeat for several, the leading one first.",
)
@click.option(
    "--until",
    type=click.Choice([stage.value for stage in Until]),
    default=Until.REPORT.value,
    show_default=True,
    help="How far to go: each step includes those before it.",
)
@click.option(
    "--groups",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Assign firms to the groups in this file (a groups.json) instead of fitting.",
)
@report_day
@click.option("--seed", default=0, show_default=True, help="Seed of everything random.")
@click.option("--fictional", is_flag=True, help="Stamp every page of the reports as fictional.")
@language
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def command(  # noqa: PLR0913, PLR0917  # one parameter an option
    sheets: Path,
    out: Path,
    questionnaire: str,
    standards: tuple[str, ...],
    until: str,
    groups: Path | None,
    day: date,
    seed: int,
    fictional: bool,
    language: Language,
    as_json: bool,
) -> None:
    """Diagnose the firms whose answer sheets stand in one file: .jsonl, .csv or .xlsx.

    Of each firm: score and level, place among its peers, a roadmap within its budget, and a PDF
    report. The folder of results holds

    \b
      scores.jsonl                score, level, parts, what is open
      groups.json, peers.jsonl    peer groups, percentiles
      roadmaps.jsonl              projects by year, costs, gains
      reports/                    a PDF for each firm
      summary.xlsx                all of it for people
      rejected.csv                what was left out, where and why

    They move in whole at the end; until then, and after Ctrl+C, earlier results stay as they are.

    \b
    Exit codes:
      0    every row was diagnosed
      3    some rows were rejected, the others diagnosed; see rejected.csv
      2    nothing could be read or written, or an argument is wrong
      130  stopped by Ctrl+C
    """  # noqa: D301  # click reads the escape
    try:
        if groups:
            keep_clear(groups, out)
        order = Order(
            sheets=sheets, out=out, until=Until(until), day=day, language=language,
            grouping=read_groups(groups) if groups else None, fictional=fictional, groups=groups,
        )  # fmt: skip
        done = _run(order, _judge(questionnaire, standards, seed, language))
    except REFUSALS as refused:
        stop(refused.message, language)
    click.echo(summarise(done, order, as_json=as_json))
    if done.found is None:
        sys.exit(2)
    if done.reading.rejected:
        sys.exit(SOME_REJECTED)


def _run(order: Order, judge: Judge) -> Done:
    """Run, telling how far it is; what keeps the results from being written ends the command."""
    try:
        with stoppable(), Teller(order.language) as teller:
            return run(order, judge, teller.told)
    except OSError as error:
        stop(CANNOT_WRITE.format(out=order.out, problem=said(error)), order.language)
    except Stopped as stopped:
        click.echo(STOPPED.format(out=order.out).to(order.language), err=True)
        sys.exit(stopped.code)


def _judge(questionnaire_id: str, standards: tuple[str, ...], seed: int, speak: Language) -> Judge:
    questionnaire = load(questionnaire_id)
    loaded = [load_standard(name) for name in dict.fromkeys(standards)]
    for standard in loaded:
        if standard.questionnaire != questionnaire.id:
            stop(
                OTHER_QUESTIONNAIRE.format(
                    standard=standard.id, its=standard.questionnaire, asked=questionnaire.id
                ),
                speak,
            )
    return Judge(questionnaire, loaded, seed=seed)
