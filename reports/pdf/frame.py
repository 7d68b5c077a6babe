"""What stands around every page: running head, page x of y, the stamp of a fictional report."""

from __future__ import annotations

from dataclasses import replace

from reports.dossier.model.front import Cover
from reports.lettering.breaking import shorten
from reports.lettering.faces import face
from reports.palette import INK, MUTED, RULE, WARN
from reports.pdf.ink import Ink
from reports.pdf.setter import Setter
from reports.pdf.theme import LEFT, PAGE_HEIGHT, WIDTH, Style, span

RUNNING = Style(7.5, 12, color=MUTED)
HEAD_TOP, FOOT_TOP = 33.0, PAGE_HEIGHT - 40


class Frame:
    """Draws the surroundings of the report's pages."""

    def __init__(self, setter: Setter, cover: Cover) -> None:
        self.setter = setter
        language = setter.language
        limit = span(7) * 1000 / RUNNING.size
        firm = shorten(" ".join(cover.firm.split()), face(False, language), limit)
        right = replace(RUNNING, align="right")
        self.firm = setter.text(firm, RUNNING, span(7) + 1)
        self.title = setter.text(cover.title, right, span(5))
        self.number = setter.text(cover.number, RUNNING, span(4))
        stamp = replace(RUNNING, bold=True, color=WARN, align="center")
        self.stamp = setter.text(cover.stamp, stamp, span(4)) if cover.stamp else None

    def draw(self, ink: Ink, page: int, pages: int) -> None:
        """Draw around page `page` of `pages`."""
        right = LEFT + WIDTH
        self.firm.draw(ink, LEFT, HEAD_TOP)
        self.title.draw(ink, right - self.title.width, HEAD_TOP)
        ink.line((LEFT, HEAD_TOP + 16), (right, HEAD_TOP + 16), RULE, 0.5)
        self.number.draw(ink, LEFT, FOOT_TOP)
        if self.stamp:
            self.stamp.draw(ink, LEFT + (WIDTH - self.stamp.width) / 2, FOOT_TOP)
        words = self.setter.say(self.setter.word("page")).format(page=page, pages=pages)
        style = replace(RUNNING, color=INK, align="right")
        folio = self.setter.text(words, style, span(4))
        folio.draw(ink, right - folio.width, FOOT_TOP)
