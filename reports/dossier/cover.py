"""The cover: whose report, by what standard, of which day."""

from __future__ import annotations

from dataclasses import replace

from questionnaires.text import Text
from reports.dossier.case import Case, listed
from reports.dossier.model.front import Cover, Fact
from reports.dossier.visited import Visited
from reports.dossier.wording import joined, plain
from reports.phrases import Phrasebook

say = Phrasebook("front")
visit_say = Phrasebook("visit")


def tell_cover(case: Case, stamp: Text | None) -> Cover:
    """The cover; `stamp` marks a fictional or draft report on every page."""
    firms, row = case.batch.sheets.firms, case.row
    uscc = str(firms.uscc[row])
    cover = Cover(
        title=say("cover.title"),
        standard=case.reference.standard.title,
        firm=str(firms.name[row]),
        uscc=uscc,
        region=str(firms.region[row]),
        date=case.day,
        number=f"{case.day:%Y%m%d}-{uscc[-10:]}",
        basis=say(case.by("cover.basis")),
        handling=say("cover.handling"),
        stamp=stamp,
    )
    return cover if case.visited is None else _of_a_visit(cover, case.visited)


def _of_a_visit(cover: Cover, visited: Visited) -> Cover:
    """The cover of a diagnosis: its number and version, who made it, and how to check it."""
    draft = visited.version == 0
    version = visit_say("draft") if draft else visit_say("version", version=visited.version)
    days = listed(plain(visit.day.isoformat()) for visit in visited.visits)
    given = [
        ("version", version),
        ("provider", plain(visited.provider)),
        ("lead", plain(visited.lead)),
    ]
    given += [("visited", days)] if visited.visits else []
    given += [("code", plain(visited.code))] if visited.code else []
    stamps = [stamp for stamp in (cover.stamp, visit_say("draft") if draft else None) if stamp]
    return replace(
        cover,
        number=visited.number,
        facts=tuple(Fact(visit_say(f"cover.{id_}"), value) for id_, value in given if value.zh),
        code=f"{visited.number} V{visited.version} {visited.code}" if visited.code else "",
        stamp=joined(stamps, plain(" · ")) if stamps else None,
    )
