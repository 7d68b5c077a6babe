"""Figures in words: the internal and the published edition of a bulletin, and statistics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from diagnose.bulletins.internal import internal_sections
from diagnose.bulletins.published import published_sections, statistics_sections
from diagnose.bulletins.words import Figures, say
from reports.bulletins import Bulletin, Section


@dataclass(frozen=True, slots=True)
class Title:
    """What stands on the title block of an issue."""

    district: str
    number: str
    dated: date
    foreword: str = ""
    fictional: bool = False


def tell_bulletin(title: Title, figures: Figures) -> Bulletin:
    """The internal edition: firms are named, nothing is withheld."""
    return _bulletin(title, internal_sections(figures), internal=True)


def tell_published(title: Title, published: Figures) -> Bulletin:
    """The edition for everybody: no firm is named, small cells are withheld."""
    return _bulletin(title, published_sections(published), internal=False)


def tell_statistics(title: Title, published: Figures) -> Bulletin:
    """Published statistics in the same dress."""
    return Bulletin(
        title=say("statistics.title", district=title.district),
        number=say("statistics.number", number=title.number),
        sender=say("sender", district=title.district),
        dated=title.dated,
        sections=statistics_sections(published),
        foreword=title.foreword,
        fictional=title.fictional,
    )


def _bulletin(title: Title, sections: tuple[Section, ...], *, internal: bool) -> Bulletin:
    recipients = [(say(key), say(f"{key}_whom")) for key in ("report_to", "send_to")]
    return Bulletin(
        title=say("title", district=title.district),
        number=say("number", number=title.number),
        sender=say("sender", district=title.district),
        dated=title.dated,
        sections=sections,
        foreword=title.foreword,
        recipients=tuple(recipients) if internal else (),
        mark=say("mark") if internal else None,
        fictional=title.fictional,
    )
