"""`diagnose serve`: the pages, with the worker beside them."""

from __future__ import annotations

import sys
from ipaddress import ip_address

import click

from diagnose.commands.deployment import deployment
from diagnose.commands.options import stop
from diagnose.commands.ports import PORTS, claim
from diagnose.serving import PORT, WORKERS, serve
from questionnaires.text import Text

OPEN_TO_OTHERS = Text(
    "注意：{host} 对其他机器可见，但没有设置 https，也没有反向代理；密码会以明文传输。"
    "请设置 DIAGNOSE_HTTPS 和 DIAGNOSE_PROXIES（见 docs/operator.md）。",
    "Mind that other machines can reach {host}, while neither https nor a proxy is set: passwords "
    "would travel in the clear. Set DIAGNOSE_HTTPS and DIAGNOSE_PROXIES (see docs/operator.md).",
)
NO_ADDRESS = Text(
    "{host} 不是本机地址，请写成 127.0.0.1、::1 或 0.0.0.0 这样。",
    "{host} is no address; write one like 127.0.0.1, ::1 or 0.0.0.0.",
)


@click.command(name="serve", epilog="Example: diagnose serve --port 8080")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of this machine.")
@click.option("--port", default=PORT, show_default=True, type=PORTS, help="Port.")
@click.option(
    "--workers",
    default=WORKERS,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that answer requests, of eight threads each.",
)
def command(host: str, port: int, workers: int) -> None:
    """Serve the pages, and do long work beside them.

    By default only to browsers on this machine. The database is brought up to date first.
    """
    settings = deployment()
    try:
        address = ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        stop(NO_ADDRESS.format(host=host), settings.locale)
    claim(str(address), port, settings.locale)
    if not address.is_loopback and not settings.https and not settings.proxies:
        click.echo(OPEN_TO_OTHERS.format(host=address).to(settings.locale), err=True)
    click.echo(f"http://{f'[{address}]' if address.version == 6 else address}:{port}/")  # noqa: PLR2004  # IPv6
    sys.stdout.flush()
    sys.exit(serve(str(address), port, settings, workers))
