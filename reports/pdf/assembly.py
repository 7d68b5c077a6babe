"""The finished pages as a PDF file: streams, links, bookmarks, fonts, metadata."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from reports.dossier.model.front import Cover
from reports.pdf.heads import Head
from reports.pdf.ink import Ink
from reports.pdf.setter import Setter
from reports.pdf.theme import PAGE_HEIGHT, PAGE_WIDTH, TOP

LOCALES = {"zh": "zh-CN", "en": "en"}
LINK_BORDER = "[0 0 0]"

# Binary streams: text-safe ones are a quarter larger and slow to make.
rl_config.useA85 = 0


class BareCanvas(Canvas):  # type: ignore[misc]  # reportlab is untyped
    """A canvas without the default font, which would be named in every file and not embedded."""

    def _make_preamble(self) -> None:
        self._preamble = ""


class Assembly:
    """Takes the drawn pages one by one and ends in the file's bytes."""

    def __init__(self, setter: Setter, cover: Cover, ink: Ink) -> None:
        self.ink = ink
        self.canvas = BareCanvas(
            BytesIO(),
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            lang=LOCALES[setter.language],
        )
        self._describe(setter, cover)

    def _describe(self, setter: Setter, cover: Cover) -> None:
        canvas, title = self.canvas, setter.say(cover.title)
        day = f"D:{cover.date:%Y%m%d}000000+00'00'"
        # A name may hold half a character, which JSON lets through and UTF-8 does not.
        firm = cover.firm.encode("utf-8", "replace").decode()
        canvas.setTitle(f"{firm} {title}")
        canvas.setAuthor(setter.phrase("author"))
        canvas.setSubject(f"{setter.say(cover.standard)} · {cover.number}")
        canvas.setCreator("diagnose")
        canvas.setDateFormatter(lambda *_moment: day)

    def add_page(self, heads: Sequence[tuple[Head, float]]) -> None:
        """Add what the ink has drawn; `heads` are the page's headings and their tops."""
        stream, links = self.ink.take()
        self.canvas.addLiteral(stream)
        for left, top, right, bottom, target in links:
            box = (left, PAGE_HEIGHT - bottom, right, PAGE_HEIGHT - top)
            self.canvas.linkAbsolute("", target, box, Border=LINK_BORDER)
        for head, top in heads:
            place = PAGE_HEIGHT - TOP - top + 12
            self.canvas.bookmarkPage(head.key, fit="XYZ", left=0, top=place)
            self.canvas.addOutlineEntry(head.title, head.key, head.level, closed=head.level == 0)
        self.canvas.showPage()

    def finish(self) -> bytes:
        """The whole file."""
        # The one door for a font that is not a file's but a document's own.
        self.canvas._doc.delayedFonts.extend(self.ink.fonts)  # noqa: SLF001
        return bytes(self.canvas.getpdfdata())
