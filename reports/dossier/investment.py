"""Cost by year against revenue, and what the amounts leave out."""

from __future__ import annotations

from math import isnan

from models.roadmap.money import BUDGET_QUESTION, RULE, WARN, affordability
from models.roadmap.results import Roadmap
from questionnaires.text import Text
from reports.dossier.case import Case, listed
from reports.dossier.model.plans import Investment, YearCost
from reports.dossier.wording import joined, money, money_range, number, small_share
from reports.phrases import Phrasebook

say = Phrasebook("plans")
_YARDSTICK = {"rule": number(RULE * 100), "warn": number(WARN * 100)}


def tell_investment(case: Case) -> Investment:
    """The years of the plan against the affordability rule."""
    roadmap, revenue = case.roadmap, stated_revenue(case)
    if roadmap is None or not roadmap.projects:
        lead = (say("investment.none", **_YARDSTICK),)
        return Investment(lead, revenue, RULE, WARN, (), 0.0, 0.0, 0.0, None, ())
    years = year_costs(roadmap, revenue)
    low, mid, high = (
        sum(getattr(year, which) for year in years) for which in ("low", "mid", "high")
    )
    return Investment(
        lead=_lead(case, (low, mid, high), revenue),
        revenue=revenue,
        rule=RULE,
        warn=WARN,
        years=years,
        low=low,
        mid=mid,
        high=high,
        running_text=_running(case, roadmap),
        notes=_notes(case, roadmap),
    )


def stated_revenue(case: Case) -> float | None:
    """Yearly revenue in 万元 as the firm stated it."""
    revenue = float(case.batch.sheets.firms.revenue[case.row])
    return None if isnan(revenue) or revenue <= 0 else revenue


def year_costs(roadmap: Roadmap, revenue: float | None) -> tuple[YearCost, ...]:
    """What falls due in each year, its share of revenue and the verdict."""
    spending = roadmap.spending
    judged = affordability(revenue, spending)
    rows = []
    for at, mid in enumerate(spending):
        year = at + 1
        running = sum((p.cost for p in roadmap.projects if p.yearly and p.year < year), 0.0)
        due = [p for p in roadmap.projects if p.year == year or (p.yearly and p.year < year)]
        share = judged.shares[at]
        rows.append(
            YearCost(
                year=year,
                low=sum(project.low for project in due),
                mid=mid,
                high=sum(project.high for project in due),
                running=running,
                budget=roadmap.budget[at],
                share=share,
                share_text=_share(mid, revenue),
                verdict=_verdict(judged.verdicts[at], mid),
                within=judged.verdicts[at] in ("within", "unknown"),
            )
        )
    return tuple(rows)


def _share(mid: float, revenue: float | None) -> Text:
    if revenue is None:
        return say("investment.share_unknown")
    return say("investment.share", share=small_share(mid, revenue))


def _verdict(verdict: str, mid: float) -> Text:
    return say("investment.idle") if not mid else say(f"investment.{verdict}", **_YARDSTICK)


def _lead(case: Case, total: tuple[float, float, float], revenue: float | None) -> tuple[Text, ...]:
    low, mid, high = total
    said = [say("investment.lead", range=money_range(low, high), mid=money(mid))]
    said.append(say("investment.rule", **_YARDSTICK))
    if revenue is None:
        said.append(say("investment.no_revenue"))
    else:
        limit = money(revenue * RULE)
        values = {"revenue": money(revenue), "limit": limit}
        said.append(say("investment.revenue", rule=_YARDSTICK["rule"], **values))
    budget = case.figure(BUDGET_QUESTION)
    if budget is not None:
        said.append(say("investment.budget", budget=money(budget)))
    elif revenue is None:
        said.append(say("investment.assumed_budget", rule=_YARDSTICK["rule"]))
    else:
        said.append(say("investment.default_budget", rule=_YARDSTICK["rule"]))
    return tuple(said)


def _running(case: Case, roadmap: Roadmap) -> Text:
    yearly, catalogue = [p for p in roadmap.projects if p.yearly], case.reference.catalogue
    if not yearly or catalogue is None:
        return say("investment.running_other")
    names = listed(catalogue[project.id].name for project in yearly)
    amount = money(sum(project.cost for project in yearly))
    told = say("investment.running_yearly", projects=names, amount=amount)
    return joined((told, say("investment.running_other")), say("card.sentence"))


def _notes(case: Case, roadmap: Roadmap) -> tuple[Text, ...]:
    notes = [say("investment.notes.range"), say("investment.notes.grant")]
    if case.batch.profiles.size[case.row] < 0:
        notes.append(say("investment.notes.size"))
    notes += _policies(case, roadmap)
    notes += [
        say(f"investment.notes.concern_{id_}") for id_ in case.chosen("concerns") if id_ != "none"
    ]
    return tuple(notes)


def _policies(case: Case, roadmap: Roadmap) -> list[Text]:
    """Policies that may pay for planned projects, those in force on the day of the report."""
    catalogue = case.reference.catalogue
    if catalogue is None:
        return []
    notes = []
    for policy in catalogue.policies:
        covered = [p.id for p in roadmap.projects if policy.covers(p.id) != "no"]
        if covered and policy.year == case.day.year:
            names = listed(catalogue[id_].name for id_ in covered)
            notes.append(
                say(
                    "investment.notes.policy",
                    region=policy.region,
                    title=policy.title,
                    terms=policy.terms,
                    projects=names,
                    notice=catalogue.policy_notice,
                )
            )
    return notes
