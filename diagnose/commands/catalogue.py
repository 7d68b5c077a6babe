"""`diagnose catalogue`: list and check the retrofit project types."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click
import orjson

from diagnose.commands import findings
from diagnose.commands.options import as_json, language
from models.roadmap import load_catalogue
from models.roadmap.linting import check_file
from questionnaires.text import Language


@click.group(name="catalogue")
def command() -> None:
    """List and check the retrofit project types."""


@command.command(name="list", epilog="Example: diagnose catalogue list --language en")
@language
@as_json
def list_all(language: Language, as_json: bool) -> None:
    """List the retrofit project types that roadmaps are made of."""
    projects = load_catalogue().projects
    if as_json:
        rows = [{"id": one.id, "name": one.name.to(language)} for one in projects]
        click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2))
        return
    for one in projects:
        click.echo(f"{one.id}  {one.name.to(language)}")


@command.command(epilog="Example: diagnose catalogue check my-projects.yaml")
@click.argument("paths", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@language
@as_json
def check(paths: tuple[Path, ...], language: Language, as_json: bool) -> None:
    """Check FILEs of projects or policies (default: those shipped): exit 1 on a broken rule."""
    shipped = Path(str(files("models") / "catalogue"))
    chosen = paths or (shipped / "projects.yaml", shipped / "policies.yaml")
    findings.report(((path, check_file(path)) for path in chosen), language, as_json)
