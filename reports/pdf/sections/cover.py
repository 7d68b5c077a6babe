"""The cover: a page of its own, drawn straight on the sheet."""

from __future__ import annotations

from reports.dossier.model.front import Cover
from reports.palette import ACCENT, ACCENT_MID, ACCENT_PALE, ACCENT_SOFT, INK, MUTED, RULE
from reports.pdf.blocks import TextBlock
from reports.pdf.ink import Ink
from reports.pdf.qr import draw_qr
from reports.pdf.setter import Setter
from reports.pdf.theme import GUTTER, LEFT, PAGE_HEIGHT, PAGE_WIDTH, WIDTH, Style, span

BAND = 250.0
QR = 76.0
FIRM_SIZES = ((26, 36), (20, 28), (15, 22), (11, 16))
FIRM_HEIGHT = 150.0
LABEL = Style(8.5, 16, color=MUTED)
VALUE = Style(10, 16)


def draw_cover(ink: Ink, setter: Setter, cover: Cover) -> None:
    """Band, kind of report, firm, facts, handling."""
    ink.rect(0, 0, PAGE_WIDTH, BAND, ACCENT)
    _steps(ink)
    title = setter.text(cover.title, Style(30, 42, bold=True, color="#ffffff", even=True), span(9))
    title.draw(ink, LEFT, BAND - 44 - title.height)
    _stamp(ink, setter, cover)
    firm = _firm(setter, cover.firm)
    firm.draw(ink, LEFT, BAND + 48)
    y = BAND + 48 + firm.height + 12
    ink.rect(LEFT, y, 48, 3, ACCENT)
    basis = setter.text(cover.basis, Style(10.5, 18, color=INK), span(10))
    basis.draw(ink, LEFT, y + 20)
    _facts(ink, setter, cover)


def _firm(setter: Setter, name: str) -> TextBlock:
    for size, leading in FIRM_SIZES:
        block = setter.text(name, Style(size, leading, bold=True, color=INK, even=True), WIDTH)
        if block.height <= FIRM_HEIGHT:
            break
    return block


def _steps(ink: Ink) -> None:
    """Four rising steps, the levels of the standard, at the band's right edge."""
    for at, color in enumerate((ACCENT_MID, ACCENT_MID, ACCENT_SOFT, ACCENT_PALE)):
        height = 26 + 30 * at
        ink.rect(PAGE_WIDTH - LEFT - 4 * 26 + at * 26, BAND - height, 20, height, color)


def _stamp(ink: Ink, setter: Setter, cover: Cover) -> None:
    if cover.stamp:
        text = setter.text(cover.stamp, Style(10, 16, bold=True, color="#ffffff"), WIDTH)
        ink.rect(
            LEFT - 6,
            40,
            text.lines[0].width * text.style.size / 1000 + 12,
            text.height + 6,
            None,
            "#ffffff",
            0.8,
        )
        text.draw(ink, LEFT, 43)


def _facts(ink: Ink, setter: Setter, cover: Cover) -> None:
    day = cover.date
    said = setter.phrase("day", year=day.year, month=day.month, day=day.day)
    facts = (
        ("uscc", cover.uscc),
        ("region", cover.region),
        ("standard", setter.say(cover.standard)),
        ("date", said),
        ("number", cover.number),
    )
    values = [
        (setter.phrase(key), setter.text(value, VALUE, WIDTH - span(3)))
        for key, value in facts
        if value
    ]
    room = WIDTH - span(3) - (QR + GUTTER if cover.code else 0)
    values += [
        (setter.say(fact.label), setter.text(fact.value, VALUE, room)) for fact in cover.facts
    ]
    handling = setter.text(cover.handling, Style(8.5, 14, color=MUTED), WIDTH)
    y = PAGE_HEIGHT - 60 - handling.height
    handling.draw(ink, LEFT, y)
    y -= 20 + sum(block.height + 6 for _, block in values)
    ink.line((LEFT, y), (LEFT + WIDTH, y), RULE, 0.6)
    y += 8
    if cover.code:
        draw_qr(
            ink, cover.code, LEFT + WIDTH - QR, PAGE_HEIGHT - 60 - handling.height - 26 - QR, QR
        )
    for label, block in values:
        setter.text(label, LABEL, span(3)).draw(ink, LEFT, y)
        block.draw(ink, LEFT + span(3), y)
        y += block.height + 6
