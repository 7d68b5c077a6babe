"""Who the firm is, as it stated itself, and what follows from that by statistical rules."""

from __future__ import annotations

from math import isnan

from models.firms import SIZES, industry_name
from questionnaires.text import Text
from reports.dossier.case import Case, listed
from reports.dossier.model.front import Fact, Profile
from reports.dossier.wording import money, number, percent, plain
from reports.phrases import Phrasebook

say = Phrasebook("front")

EQUIPMENT = ("equipment_total", "equipment_digital", "equipment_networked")
DETAILS = ("main_products", "founded", "ownership", "production_type", "titles", "it_staff")


def tell_profile(case: Case) -> Profile:
    """The firm block, what it told of itself, and the two things derived from it."""
    stated = _stated(case)
    facts = [Fact(say(f"profile.{id_}"), text or say("profile.unknown")) for id_, text in stated]
    facts += _derived(case)
    facts += [
        Fact(case.reference.titles[id_], case.answer(id_)) for id_ in DETAILS if case.has(id_)
    ]
    missing = [say(f"profile.{id_}") for id_, text in stated if text is None]
    return Profile(say("profile.lead"), tuple(facts), tuple(_remarks(case, missing)))


def _stated(case: Case) -> list[tuple[str, Text | None]]:
    firms, row = case.batch.sheets.firms, case.row
    code, region = str(firms.industry[row]), str(firms.region[row])
    employees, revenue = float(firms.employees[row]), float(firms.revenue[row])
    industry = say("profile.industry_value", name=industry_name(code), code=code) if code else None
    return [
        ("name", plain(firms.name[row])),
        ("uscc", plain(firms.uscc[row])),
        ("industry", industry),
        ("region", plain(region) if region else None),
        (
            "employees",
            None if isnan(employees) else say("profile.employees_value", count=number(employees)),
        ),
        ("revenue", None if isnan(revenue) else money(revenue)),
    ]


def _derived(case: Case) -> list[Fact]:
    profiles, row = case.batch.profiles, case.row
    size, above = int(profiles.size[row]), int(profiles.above_scale[row])
    cannot = say("profile.cannot")
    judged = {1: say("profile.above_yes"), 0: say("profile.above_no")}.get(above, cannot)
    return [
        Fact(say("profile.size"), SIZES[size] if size >= 0 else cannot, say("profile.size_note")),
        Fact(say("profile.above_scale"), judged, say("profile.above_note")),
    ]


def _remarks(case: Case, missing: list[Text]) -> list[Text]:
    remarks = []
    if missing:
        remarks.append(say("profile.missing", facts=listed(missing)))
    if (total := case.figure(EQUIPMENT[0])) is not None:
        shares = {
            id_.removeprefix("equipment_"): _share(case.figure(id_), total) for id_ in EQUIPMENT[1:]
        }
        remarks.append(say("profile.equipment", total=number(total), **shares))
    if case.visited is None:
        remarks += _needs(case)
    return remarks


def _needs(case: Case) -> list[Text]:
    """What the firm says it needs; a diagnosis has a chapter on it."""
    told = []
    if pains := [id_ for id_ in case.chosen("pains") if id_ != "none"]:
        labels = (case.label("pains", id_) for id_ in pains)
        told.append(say("profile.pains", pains=listed(labels)))
    if case.has("wish"):
        told.append(say("profile.wish", wish=case.answer("wish")))
    return told


def _share(count: float | None, total: float) -> Text:
    if count is None or not total:
        return say("profile.equipment_unknown")
    return say(
        "profile.equipment_share",
        count=number(count),
        total=number(total),
        percent=percent(count, total),
    )
