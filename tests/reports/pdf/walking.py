"""Looks into made-up pages: every block of a report, however deep."""

from collections.abc import Iterator

from reports.pdf import document
from reports.pdf.blocks import Block
from reports.pdf.pages import Maker, Placed
from reports.pdf.setter import Setter
from reports.pdf.theme import HEIGHT


def pages_of(dossier, language, scale=1.0) -> list[list[Placed]]:
    return Maker(HEIGHT).fill(document.flow(Setter(language, scale), dossier, {}))


def walk(block: Block) -> Iterator[Block]:
    yield block
    for name in ("inner", "text", "number"):
        inner = getattr(block, name, None)
        if isinstance(inner, Block):
            yield from walk(inner)
    for inner in getattr(block, "blocks", ()):
        yield from walk(inner)
    for row in (*getattr(block, "rows", ()), getattr(block, "head", None)):
        for cell in row.cells if row else ():
            yield from walk(cell)
