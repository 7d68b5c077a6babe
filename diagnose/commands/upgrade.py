"""`diagnose upgrade`: bring the database to this version."""

from __future__ import annotations

import click

from diagnose.records import connect
from diagnose.records.migrating import upgrade
from diagnose.settings import Settings


@click.command(name="upgrade", epilog="Example: diagnose upgrade")
def command() -> None:
    """Bring the database of this deployment to this version; what it holds is kept."""
    settings = Settings().ready()
    upgrade(connect(settings.database_url))
    click.echo(settings.database_url)
