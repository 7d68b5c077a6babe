"""The port that the pages are served on, asked for before anything else is done."""

from __future__ import annotations

import errno
import socket

import click

from diagnose.commands.options import stop
from diagnose.running.trouble import said
from questionnaires.text import Language, Text

PORTS = click.IntRange(1, 65_535)
TAKEN = Text(
    "端口 {port} 已被别的程序占用，请用 --port 换一个。",
    "Another program uses port {port}; name another one with --port.",
)
NOT_OURS = Text(
    "端口 {port} 用不了：{problem}。请用 --port 换一个。",
    "Port {port} cannot be used: {problem}. Name another one with --port.",
)


def claim(host: str, port: int, speak: Language) -> None:
    """End the command with a sentence where `port` cannot be served."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            sentence = TAKEN if error.errno == errno.EADDRINUSE else NOT_OURS
            stop(sentence.format(port=port, problem=said(error)), speak)
