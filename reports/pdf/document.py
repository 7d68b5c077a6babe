"""From a dossier to the bytes of a PDF: make blocks, make up pages, draw, assemble."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from questionnaires.text import Language
from reports.dossier.model.dossier import Dossier
from reports.pdf.assembly import Assembly
from reports.pdf.blocks import Block, NewPage
from reports.pdf.frame import Frame
from reports.pdf.heads import Head
from reports.pdf.ink import Ink
from reports.pdf.pages import Maker, Placed
from reports.pdf.sections.actions import actions_blocks
from reports.pdf.sections.appendices import (
    answers_blocks,
    estimates_blocks,
    method_blocks,
    notice_blocks,
)
from reports.pdf.sections.basis import basis_blocks
from reports.pdf.sections.contents import Contents, contents_columns
from reports.pdf.sections.cover import draw_cover
from reports.pdf.sections.findings import findings_blocks
from reports.pdf.sections.gaps import gaps_blocks
from reports.pdf.sections.investment import investment_blocks
from reports.pdf.sections.peers import peers_blocks
from reports.pdf.sections.plan import plan_blocks
from reports.pdf.sections.problems import problems_blocks
from reports.pdf.sections.profile import profile_blocks
from reports.pdf.sections.result import result_blocks
from reports.pdf.sections.signing import evidence_blocks, signing_blocks
from reports.pdf.sections.summary import summary_blocks
from reports.pdf.sections.visit import checked_blocks, needs_blocks, process_blocks
from reports.pdf.setter import Setter
from reports.pdf.theme import H1, HEIGHT, LEFT, TOP

COVER_PAGES = 1
MOST_PAGES = 20
MOST_PAGES_OF_A_VISIT = 30
LEAST_FILLED = HEIGHT * 0.2
SCALES: Mapping[Language, tuple[float, ...]] = {
    "zh": (1.0, 0.97, 0.94, 0.91, 0.88, 0.85),
    "en": (0.95, 0.91, 0.88, 0.85, 0.82),
}
"""Lettering, from the usual to the smallest that reads well: tried until the pages suffice and
the last one holds more than a few lines. Latin letters look larger than Chinese ones."""
WHOLE_PAGE = HEIGHT
ROOM_FOR_CHAPTER = HEIGHT * 0.25


def render(dossier: Dossier, language: Language) -> bytes:
    """The one-to-one report as a PDF.

    The bytes depend on the dossier and the language alone: no clock, no memory of other reports.
    """
    most = MOST_PAGES if dossier.visit is None else MOST_PAGES_OF_A_VISIT
    for scale in SCALES[language]:
        setter, numbers = Setter(language, scale), dict[str, int]()
        pages = Maker(HEIGHT).fill(flow(setter, dossier, numbers))
        if len(pages) + COVER_PAGES <= most and _is_filled(pages[-1]):
            break
    for number, page in enumerate(pages, COVER_PAGES + 1):
        numbers |= {head.key: number for head, _ in _heads(page)}
    return _draw(setter, dossier, pages)


def _is_filled(page: list[Placed]) -> bool:
    return page[-1].top + page[-1].block.height >= LEAST_FILLED


def flow(setter: Setter, dossier: Dossier, numbers: dict[str, int]) -> list[Block | NewPage]:
    """All blocks of a report in order; `numbers` (bookmark → page) serves the contents."""
    summary = summary_blocks(setter, dossier.summary)
    chapters = _chapters(setter, dossier)
    heads = [
        block for block in [*summary, *chain.from_iterable(chapters)] if isinstance(block, Head)
    ]
    title = setter.text(setter.word("contents"), H1)
    title.keep = True
    listing = contents_columns if setter.tight or dossier.visit else Contents
    contents = [title, listing(heads, numbers, setter.language)]
    flow: list[Block | NewPage] = [*summary, NewPage(WHOLE_PAGE), *contents]
    for at, blocks in enumerate(chapters):
        room = ROOM_FOR_CHAPTER if at or setter.tight else WHOLE_PAGE
        flow += [NewPage(room), *blocks]
    return flow


def _chapters(setter: Setter, dossier: Dossier) -> list[list[Block]]:
    visit = dossier.visit
    return [
        profile_blocks(setter, dossier.profile),
        basis_blocks(setter, dossier.basis),
        *([process_blocks(setter, visit)] if visit else []),
        result_blocks(setter, dossier.result),
        *([checked_blocks(setter, visit.checked)] if visit else []),
        peers_blocks(setter, dossier.peers),
        gaps_blocks(setter, dossier.gaps),
        *([findings_blocks(setter, visit)] if visit else []),
        problems_blocks(setter, dossier.problems),
        *([needs_blocks(setter, visit.needs)] if visit else []),
        plan_blocks(setter, dossier.plan),
        investment_blocks(setter, dossier.investment),
        actions_blocks(setter, dossier.actions),
        answers_blocks(setter, dossier.answers),
        method_blocks(setter, dossier.method),
        estimates_blocks(setter, dossier.estimates),
        notice_blocks(setter, dossier.notice),
        *([evidence_blocks(setter, visit), signing_blocks(setter, visit)] if visit else []),
    ]


def _heads(page: list[Placed]) -> list[tuple[Head, float]]:
    return [(placed.block, placed.top) for placed in page if isinstance(placed.block, Head)]


def _draw(setter: Setter, dossier: Dossier, pages: list[list[Placed]]) -> bytes:
    ink = Ink(setter.language)
    assembly = Assembly(setter, dossier.cover, ink)
    draw_cover(ink, setter, dossier.cover)
    assembly.add_page([])
    frame = Frame(setter, dossier.cover)
    for number, page in enumerate(pages, COVER_PAGES + 1):
        frame.draw(ink, number, len(pages) + COVER_PAGES)
        for placed in page:
            placed.block.draw(ink, LEFT, TOP + placed.top)
        assembly.add_page(_heads(page))
    return assembly.finish()
