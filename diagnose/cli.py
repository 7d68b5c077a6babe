"""The command `diagnose`: heavy libraries load only with the subcommand that needs them."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from diagnose.version import VERSION

COMMANDS = {
    "run": "Diagnose a file of answer sheets: scores, peers, roadmaps, reports.",
    "demo": "Diagnose a fictional district of 300 firms end to end, then serve it.",
    "init": "Create the first administrator of a deployment.",
    "doctor": "Say what is missing or wrong in this deployment.",
    "serve": "Serve the pages on this machine.",
    "upgrade": "Bring the database to this version.",
    "roster": "Export the roster of any day, record what happened to a firm.",
    "coverage": "Count how much of the roster is diagnosed.",
    "verify": "Tell whether a file is a report that was issued here.",
    "questionnaires": "List, show and check questionnaires.",
    "standards": "List, show and check standards.",
    "groups": "Show a file of fitted peer groups.",
    "catalogue": "List and check the retrofit project types.",
}

TYPED = "diagnose.typed"
INTERRUPTED = 130


class Commands(click.Group):
    """Subcommands by name; each lives in `diagnose.commands.<name>` as `command`."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Name the subcommands in the order people meet them."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Load the one subcommand that was asked for."""
        if name not in COMMANDS:
            return None
        command = import_module(f"diagnose.commands.{name}").command
        assert isinstance(command, click.Command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep what was typed: errors are told in the language it asks for."""
        ctx.meta[TYPED] = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand; what is wrong with its arguments is told in a sentence."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            import_module("diagnose.commands.usage").explain(error, ctx.meta[TYPED])
        except KeyboardInterrupt:
            click.echo("已停下。Stopped.", err=True)
            sys.exit(INTERRUPTED)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List all subcommands without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: diagnose run sheets.jsonl --out results",
)
@click.version_option(VERSION, prog_name="diagnose")
def main() -> None:
    """Diagnose the digital transformation of industrial firms (企业数字化诊断)."""
