"""`diagnose questionnaires`: list, show and check questionnaires."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click
import orjson

from diagnose.commands import findings
from diagnose.commands.options import as_json, language, stop
from questionnaires import library, load
from questionnaires.errors import QuestionnaireUnknown
from questionnaires.linting import check_file
from questionnaires.model import Questionnaire
from questionnaires.text import Language


@click.group(name="questionnaires")
def command() -> None:
    """List, show and check questionnaires."""


@command.command(name="list", epilog="Example: diagnose questionnaires list --json")
@language
@as_json
def list_all(language: Language, as_json: bool) -> None:
    """List the questionnaires of the library."""
    loaded = [load(name) for name in library()]
    if as_json:
        click.echo(orjson.dumps([_heading(one, language) for one in loaded]))
        return
    for one in loaded:
        click.echo(f"{one.id} {one.version}  {one.title.to(language)} ({len(one.questions)})")


@command.command(epilog="Example: diagnose questionnaires show sme-2024")
@click.argument("questionnaire_id", metavar="ID")
@language
@as_json
def show(questionnaire_id: str, language: Language, as_json: bool) -> None:
    """Show the questions of a questionnaire with their kinds and options."""
    try:
        questionnaire = load(questionnaire_id)
    except QuestionnaireUnknown as unknown:
        stop(unknown.message, language)
    if as_json:
        content = _heading(questionnaire, language) | {
            "sections": _sections(questionnaire, language)
        }
        click.echo(orjson.dumps(content, option=orjson.OPT_INDENT_2))
        return
    click.echo(f"{questionnaire.id} {questionnaire.version} {questionnaire.title.to(language)}")
    for section in questionnaire.sections:
        click.echo(f"\n{section.title.to(language)}")
        for question in section.questions:
            click.echo(f"  {question.id} ({question.kind}) {question.label.to(language)}")
            for option in question.options:
                click.echo(f"      {option.id} = {option.label.to(language)}")


@command.command(epilog="Example: diagnose questionnaires check my-questionnaire.yaml")
@click.argument("paths", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@language
@as_json
def check(paths: tuple[Path, ...], language: Language, as_json: bool) -> None:
    """Check questionnaire FILEs (default: the library): exit 1 where a rule is broken."""
    chosen = paths or tuple(sorted(Path(str(files("questionnaires") / "library")).glob("*.yaml")))
    findings.report(((path, check_file(path)) for path in chosen), language, as_json)


def _heading(questionnaire: Questionnaire, language: Language) -> dict[str, object]:
    return {
        "id": questionnaire.id,
        "version": questionnaire.version,
        "hash": questionnaire.hash,
        "title": questionnaire.title.to(language),
        "questions": len(questionnaire.questions),
    }


def _sections(questionnaire: Questionnaire, language: Language) -> list[dict[str, object]]:
    return [
        {
            "id": section.id,
            "title": section.title.to(language),
            "questions": [
                {
                    "id": question.id,
                    "kind": question.kind,
                    "label": question.label.to(language),
                    "required": question.required,
                    "options": {one.id: one.label.to(language) for one in question.options},
                }
                for question in section.questions
            ],
        }
        for section in questionnaire.sections
    ]
