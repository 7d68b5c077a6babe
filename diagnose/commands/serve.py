"""`diagnose serve`: the pages, on this machine only."""

from __future__ import annotations

import click

from diagnose.commands.deployment import deployment
from diagnose.commands.ports import PORTS, claim
from diagnose.web.serving import PORT, serve

LOOPBACK = ("127.0.0.1", "::1")


@click.command(name="serve", epilog="Example: diagnose serve --port 8080")
@click.option(
    "--host", type=click.Choice(LOOPBACK), default=LOOPBACK[0], show_default=True, help="Address."
)
@click.option("--port", default=PORT, show_default=True, type=PORTS, help="Port.")
def command(host: str, port: int) -> None:
    """Serve the pages to a browser on this machine, and to no other.

    There are no accounts yet, so only the loopback address is served.
    """
    settings = deployment()
    claim(host, port, settings.locale)
    click.echo(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    serve(host, port, settings)
