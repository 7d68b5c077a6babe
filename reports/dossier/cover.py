"""The cover: whose report, by what standard, of which day."""

from __future__ import annotations

from questionnaires.text import Text
from reports.dossier.case import Case
from reports.dossier.model.front import Cover
from reports.phrases import Phrasebook

say = Phrasebook("front")


def tell_cover(case: Case, stamp: Text | None) -> Cover:
    """The cover; `stamp` marks a fictional or draft report on every page."""
    firms, row = case.batch.sheets.firms, case.row
    uscc = str(firms.uscc[row])
    return Cover(
        title=say("cover.title"),
        standard=case.reference.standard.title,
        firm=str(firms.name[row]),
        uscc=uscc,
        region=str(firms.region[row]),
        date=case.day,
        number=f"{case.day:%Y%m%d}-{uscc[-10:]}",
        basis=say("cover.basis"),
        handling=say("cover.handling"),
        stamp=stamp,
    )
