"""`diagnose upgrade`: bring the database to this version."""

from __future__ import annotations

import click

from diagnose.commands.deployment import deployment
from diagnose.records import connect
from diagnose.records.migrating import upgrade


@click.command(name="upgrade", epilog="Example: diagnose upgrade")
def command() -> None:
    """Bring the database of this deployment to this version; what it holds is kept."""
    settings = deployment()
    upgrade(connect(settings.database_url))
    click.echo(settings.database_url)
