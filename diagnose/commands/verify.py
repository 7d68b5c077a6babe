"""`diagnose verify`: whether a file is one of the reports that were issued here."""

from __future__ import annotations

import json
import sys
from hashlib import file_digest
from pathlib import Path
from typing import Any

import click
from sqlmodel import Session

from diagnose.commands.deployment import deployment
from diagnose.commands.options import as_json, language, stop
from diagnose.records import Report, connect
from diagnose.records.migrating import is_current
from diagnose.reporting.issuing import find_version
from questionnaires.text import Language, Text

ISSUED = Text(
    "{file}：是本系统生成的报告 {number} 第 {version} 版（{edition}，{dated}，"
    "校验码 {code}）。\nSHA-256 {sha256}",
    "{file}: is report {number}, version {version}, issued here ({edition}, {dated}, "
    "check code {code}).\nSHA-256 {sha256}",
)
UNKNOWN = Text(
    "{file}：不是本系统生成的报告，或生成后被改动过。\nSHA-256 {sha256}",
    "{file}: was not issued here, or was changed since.\nSHA-256 {sha256}",
)
UNREADABLE = Text("读不出 {file}：{why}", "{file} cannot be read: {why}")
OUTDATED = Text(
    "数据库不是本版本的，请先运行 diagnose upgrade。",
    "The database is not of this version; run diagnose upgrade first.",
)
NOT_OURS = 1


@click.command(name="verify", epilog="Example: diagnose verify report.pdf --json")
@click.argument("file", type=click.Path(path_type=Path))
@language
@as_json
def command(file: Path, language: Language, as_json: bool) -> None:
    """Tell whether FILE is a report that this deployment issued, unchanged to the last byte.

    Exit 0 where it is, 1 where it is not, 2 where the file or the records cannot be read.
    """
    digest = _digest(file, language)
    found = _look_up(digest, language)
    told: dict[str, Any] = {"file": str(file), "sha256": digest, "issued": found is not None}
    if found is not None:
        report, edition = found
        told |= {
            "number": report.number,
            "version": report.version,
            "edition": edition,
            "dated": report.dated.isoformat(),
            "code": report.code,
        }
    said = (ISSUED if found else UNKNOWN).to(language)
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else said.format(**told))
    sys.exit(0 if found else NOT_OURS)


def _digest(file: Path, language: Language) -> str:
    try:
        with file.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        stop(UNREADABLE.format(file=file, why=error.strerror or error), language)


def _look_up(digest: str, language: Language) -> tuple[Report, str] | None:
    engine = connect(deployment().database_url)
    try:
        if not is_current(engine):
            stop(OUTDATED, language)
        with Session(engine) as session:
            return find_version(session, digest)
    finally:
        engine.dispose()
