"""`diagnose roster`: the roster of above-scale firms and what happened to it."""

from __future__ import annotations

import click


@click.group(name="roster")
def command() -> None:
    """Export the roster of any day, record what happened to a firm."""
