"""`diagnose standards`: list, show and check standards."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click
import orjson

from diagnose.commands import findings
from diagnose.commands.options import as_json, language, stop
from models.scoring import load_standard
from models.scoring.linting import check_standard_file
from models.scoring.reading import StandardUnknown, standard_ids
from models.standard import Standard
from questionnaires.text import Language, Text

NEEDS = Text(
    "：得分 {sign} {score}，达到本级的场景不少于 {scenes} 个，其中必选 {binding} 个",
    ": points {sign} {score}, scenes at this level {scenes}, binding ones among them {binding}",
)


@click.group(name="standards")
def command() -> None:
    """List, show and check standards."""


@command.command(name="list", epilog="Example: diagnose standards list --json")
@language
@as_json
def list_all(language: Language, as_json: bool) -> None:
    """List the standards that answers can be judged by."""
    loaded = [load_standard(name) for name in standard_ids()]
    if as_json:
        click.echo(orjson.dumps([_heading(one, language) for one in loaded]))
        return
    for one in loaded:
        click.echo(f"{one.id} {one.version}  {one.title.to(language)} ← {one.questionnaire}")


@command.command(epilog="Example: diagnose standards show sme-2024")
@click.argument("standard_id", metavar="ID")
@language
@as_json
def show(standard_id: str, language: Language, as_json: bool) -> None:
    """Show a standard's parts, points, levels and the source of each number."""
    try:
        standard = load_standard(standard_id)
    except StandardUnknown as unknown:
        stop(unknown.message, language)
    if as_json:
        click.echo(orjson.dumps(_content(standard, language), option=orjson.OPT_INDENT_2))
        return
    click.echo(f"{standard.id} {standard.version} {standard.title.to(language)}")
    for part in standard.parts:
        click.echo(f"\n{part.title.to(language)} {float(part.full):g}")
        for item in part.items:
            points = " ".join(f"{key}={float(value):g}" for key, value in item.points.items())
            mark = f"{item.source.mark}: {item.source.text.to(language)}"
            click.echo(f"  {item.question} {float(item.full):g}  {points}\n    [{mark}]")
    click.echo()
    for level in standard.levels:
        needs = NEEDS.format(
            sign=">" if level.beyond else "≥",
            score=f"{float(level.score):g}",
            scenes=level.scenes,
            binding=level.binding,
        )
        click.echo(f"{level.number} {level.name.to(language)}{needs.to(language)}")


@command.command(epilog="Example: diagnose standards check models/standards/sme-2024.yaml")
@click.argument("paths", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@language
@as_json
def check(paths: tuple[Path, ...], language: Language, as_json: bool) -> None:
    """Check standard FILEs and run their worked examples (default: all that are shipped)."""
    chosen = paths or tuple(sorted(Path(str(files("models") / "standards")).glob("*.yaml")))
    findings.report(((path, check_standard_file(path)) for path in chosen), language, as_json)


def _heading(standard: Standard, language: Language) -> dict[str, object]:
    return {
        "id": standard.id,
        "version": standard.version,
        "hash": standard.hash,
        "title": standard.title.to(language),
        "questionnaire": standard.questionnaire,
    }


def _content(standard: Standard, language: Language) -> dict[str, object]:
    return _heading(standard, language) | {
        "parts": [
            {
                "id": part.id,
                "title": part.title.to(language),
                "full": float(part.full),
                "items": [
                    {
                        "question": item.question,
                        "full": float(item.full),
                        "points": {key: float(value) for key, value in item.points.items()},
                        "mark": item.source.mark,
                        "source": item.source.text.to(language),
                    }
                    for item in part.items
                ],
            }
            for part in standard.parts
        ],
        "scenes": [{"question": one.question, "binding": one.binding} for one in standard.scenes],
        "levels": [
            {
                "number": level.number,
                "name": level.name.to(language),
                "score": float(level.score),
                "scenes": level.scenes,
                "binding": level.binding,
            }
            for level in standard.levels
        ],
    }
