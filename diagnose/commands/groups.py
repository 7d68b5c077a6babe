"""`diagnose groups`: what is in a file of fitted peer groups."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from diagnose.commands.options import as_json, language, stop
from diagnose.running.groups_file import read_groups
from models.peers.exchange import GroupsInvalid
from questionnaires.text import Language


@click.group(name="groups")
def command() -> None:
    """Show a file of fitted peer groups."""


@command.command(epilog="Example: diagnose groups show results/groups.json")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@language
@as_json
def show(path: Path, language: Language, as_json: bool) -> None:
    """Show the groups in FILE: names, sizes, and how they were chosen or why there are none."""
    try:
        grouping = read_groups(path)
    except GroupsInvalid as invalid:
        stop(invalid.message, language)
    if as_json:
        click.echo(orjson.dumps(grouping.to_json(), option=orjson.OPT_INDENT_2))
        return
    click.echo(grouping.why.to(language))
    for group in grouping.groups:
        click.echo(f"{group.id}  {group.size:>7}  {group.name.to(language)}")
