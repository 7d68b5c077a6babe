"""`diagnose coverage`: how many above-scale firms of a district hold a valid accepted report."""

from __future__ import annotations

import click
import orjson
from sqlmodel import Session, col, select

from diagnose.commands.deployment import deployment
from diagnose.commands.options import as_json, language, stop
from diagnose.coverage import BY, Coverage, Tally, count_coverage
from diagnose.records import Firm, connect
from questionnaires.clock import today
from questionnaires.text import Language, Text

WHICH = Text("请用 --district 指明辖区：{names}", "Say which with --district: {names}")
NONE = Text("名录为空。", "The roster is empty.")


@click.command(name="coverage", epilog="Example: diagnose coverage --by region --json")
@click.option("--district", default="", help="The district (default: the only one there is).")
@click.option("--by", type=click.Choice(BY), help="Count each of these apart, too.")
@language
@as_json
def command(district: str, by: str | None, language: Language, as_json: bool) -> None:
    """Count the dynamic coverage of today: numerator, denominator, exempt firms."""
    engine = connect(deployment().database_url)
    try:
        with Session(engine) as session:
            found = count_coverage(session, _district(session, district, language), today())
    finally:
        engine.dispose()
    if as_json:
        click.echo(orjson.dumps(_data(found, by), option=orjson.OPT_INDENT_2))
        return
    click.echo(f"{found.district}  {found.day}  {_line(found.total)}")
    for tally in found.by[by] if by else ():
        click.echo(f"{tally.key or '–'}  {_line(tally)}")


def _district(session: Session, wanted: str, language: Language) -> str:
    names = session.exec(select(Firm.district).distinct().order_by(col(Firm.district))).all()
    if not names:
        stop(NONE, language)
    if wanted in names:
        return wanted
    if wanted or len(names) > 1:
        stop(WHICH.format(names=", ".join(names)), language)
    return names[0]


def _line(tally: Tally) -> str:
    share = "–" if tally.share is None else f"{tally.share:.1f} %"
    return f"{share}  {tally.covered}/{tally.due}  ({tally.excluded})"


def _data(found: Coverage, by: str | None) -> dict[str, object]:
    data: dict[str, object] = {"district": found.district, "day": found.day.isoformat()}
    data |= _figures(found.total)
    if by:
        data["by"] = {tally.key: _figures(tally) for tally in found.by[by]}
    return data


def _figures(tally: Tally) -> dict[str, object]:
    return {
        "covered": tally.covered,
        "due": tally.due,
        "share": tally.share,
        "excluded": tally.excluded,
        "assessed": tally.assessed,
    }
