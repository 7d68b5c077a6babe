"""How linters' findings are shown: one line of place and message, one of what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click
import orjson

from questionnaires.linting import Finding
from questionnaires.text import Language


def report(found: Iterable[tuple[Path, list[Finding]]], language: Language, as_json: bool) -> None:
    """Print the findings of each file; end with exit 1 where there are any."""
    files = [(path, findings) for path, findings in found]
    if as_json:
        rows = [{"file": str(path), **asdict(one)} for path, many in files for one in many]
        click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2))
    else:
        for path, findings in files:
            _show(path, findings, language)
    if any(findings for _, findings in files):
        sys.exit(1)


def _show(path: Path, findings: list[Finding], language: Language) -> None:
    if not findings:
        click.echo(f"{path}: ok")
    for one in findings:
        place = f"{path}:{one.line}:{one.column}"
        click.echo(f"{place}: {one.code} {one.where}: {one.message.to(language)}")
        click.echo(f"    → {one.remedy.to(language)}")
