"""`diagnose doctor`: what is missing or wrong in this deployment."""

from __future__ import annotations

import json
import sys

import click

from diagnose.commands.deployment import deployment
from diagnose.commands.options import as_json, language
from diagnose.health import TITLES, examine
from questionnaires.text import Language

WELL, WRONG = "✓", "✗"


@click.command(name="doctor", epilog="Example: diagnose doctor --json")
@language
@as_json
def command(language: Language, as_json: bool) -> None:
    """Look at database, audit log, worker, store, secret, fonts and disk; exit 1 if one is ill."""
    points = list(examine(deployment()))
    well = all(point.trouble is None for point in points)
    if as_json:
        said = {point.name: point.trouble.to(language) if point.trouble else "" for point in points}
        click.echo(json.dumps({"well": well, "points": said}, ensure_ascii=False, indent=2))
    else:
        for point in points:
            click.echo(f"{WRONG if point.trouble else WELL} {TITLES[point.name].to(language)}")
            if point.trouble:
                click.echo(f"  {point.trouble.to(language)}")
    sys.exit(0 if well else 1)
