"""`diagnose coverage`: how many above-scale firms of a district are diagnosed, on any day."""

from __future__ import annotations

from datetime import date, datetime

import click
import orjson
from sqlmodel import Session, col, select

from diagnose.commands.deployment import deployment
from diagnose.commands.districts import chosen_district
from diagnose.commands.options import as_json, language, stop
from diagnose.coverage import BY, Coverage, Tally, count_coverage
from diagnose.records import Campaign, connect
from questionnaires.clock import today
from questionnaires.text import Language, Text

NO_CAMPAIGN = Text(
    "没有已冻结名单的批次“{name}”。可选：{names}",
    "There is no campaign “{name}” with a frozen list. There are: {names}",
)
ASSESSED = Text("考核（{name}，{version}）", "assessed ({name}, {version})")
EVER = Text("累计诊断 {count} 家", "ever diagnosed: {count} firms")


@click.command(name="coverage", epilog="Example: diagnose coverage --on 2026-06-30 --by street")
@click.option("--district", default="", help="The district (default: the only one there is).")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day (default: today).")
@click.option("--by", type=click.Choice(BY), help="Count each of these apart, too.")
@click.option("--campaign", default="", help="Count the frozen list of this campaign, too.")
@language
@as_json
def command(  # each is an option
    district: str,
    on: datetime | None,
    by: str | None,
    campaign: str,
    language: Language,
    as_json: bool,
) -> None:
    """Count coverage on a day: numerator, denominator, exempt firms; and firms ever diagnosed."""
    day = on.date() if on else today()
    engine = connect(deployment().database_url)
    try:
        with Session(engine) as session:
            where = chosen_district(session, district, language)
            held = _campaign(session, where, campaign, language) if campaign else None
            found = count_coverage(session, where, day, held)
    finally:
        engine.dispose()
    if as_json:
        click.echo(orjson.dumps(_data(found, by, campaign), option=orjson.OPT_INDENT_2))
    else:
        _tell(found, by, campaign, language)


def _tell(found: Coverage, by: str | None, campaign: str, language: Language) -> None:
    click.echo(f"{found.district}  {found.day}  {_line(found.total)}")
    click.echo(EVER.format(count=found.ever).to(language))
    if found.assessed:
        title = ASSESSED.format(name=campaign, version=found.list_version).to(language)
        held = found.assessed
        click.echo(f"{title}  {_percent(held.share)}  {held.done}/{held.due}  ({held.out})")
    for tally in found.by[by] if by else ():
        click.echo(f"{tally.key or '–'}  {_line(tally)}")


def _campaign(session: Session, district: str, name: str, language: Language) -> Campaign:
    frozen = (Campaign.district == district, col(Campaign.frozen_at).is_not(None))
    held = {each.name: each for each in session.exec(select(Campaign).where(*frozen))}
    if name not in held:
        stop(NO_CAMPAIGN.format(name=name, names=", ".join(held) or "–"), language)
    return held[name]


def _line(tally: Tally) -> str:
    return f"{_percent(tally.share)}  {tally.covered}/{tally.due}  ({tally.excluded})"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1f} %"


def _data(found: Coverage, by: str | None, campaign: str) -> dict[str, object]:
    day: date = found.day
    data: dict[str, object] = {"district": found.district, "day": day.isoformat()}
    data |= _figures(found.total) | {"ever": found.ever}
    data |= {"newcomers": found.newcomers, "late": found.late}
    if found.assessed:
        held = found.assessed
        data["assessed_of_list"] = {
            "campaign": campaign,
            "list_version": found.list_version,
            "listed": found.listed,
            **{name: getattr(held, name) for name in ("firms", "out", "due", "done", "share")},
        }
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
