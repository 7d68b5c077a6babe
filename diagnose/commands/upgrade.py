"""`diagnose upgrade`: bring the database to this version."""

from __future__ import annotations

import click
from sqlalchemy import make_url

from diagnose.commands.deployment import deployment
from diagnose.records import connect, upgrade
from diagnose.records.migrating import revision_of
from questionnaires.text import Text

MOVED = Text("{database}：{before} → {after}", "{database}: {before} → {after}")
CURRENT = Text("{database}：已是最新（{after}）", "{database}: up to date ({after})")
NOTHING = Text("空", "empty")


@click.command(name="upgrade", epilog="Example: diagnose upgrade")
def command() -> None:
    """Bring the database of this deployment to this version; what it holds is kept."""
    settings = deployment()
    speak = settings.locale
    engine = connect(settings.database_url)
    before = revision_of(engine)
    upgrade(engine)
    after = revision_of(engine)
    engine.dispose()
    said = CURRENT if before == after else MOVED
    database = make_url(settings.database_url).render_as_string(hide_password=True)
    named = before or NOTHING.to(speak)
    click.echo(said.format(database=database, before=named, after=after).to(speak))
