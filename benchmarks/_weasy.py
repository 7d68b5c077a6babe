"""The same report as HTML for WeasyPrint: every block of the PDF as its nearest element.

The pages, the tables and the charts (as inline SVG) are those of `reports.pdf`, in the same fonts,
sizes and widths; WeasyPrint breaks lines and pages, numbers them and draws the contents itself.
"""

from __future__ import annotations

from functools import singledispatch
from html import escape

from questionnaires.text import Language
from reports.dossier.model.dossier import Dossier
from reports.drawings.svg import to_svg
from reports.lettering.faces import FILES, FONTS
from reports.pdf.blocks import Chart, NewPage, TextBlock
from reports.pdf.containers import Columns, Panel, Stack
from reports.pdf.document import flow
from reports.pdf.heads import Head
from reports.pdf.sections.contents import Contents
from reports.pdf.sections.problems import Pair
from reports.pdf.setter import Setter
from reports.pdf.tables import Row, Table
from reports.pdf.theme import BOTTOM, LEFT, RIGHT, TOP

FACES = "".join(
    f"@font-face {{ font-family: Noto; font-weight: {700 if bold else 400};"
    f" src: url('{(FONTS / name).as_uri()}'); }}"
    for bold, name in FILES.items()
)
HALF_A_PAGE = 300
CSS = f"""
@page {{ size: A4; margin: {TOP}pt {RIGHT}pt {BOTTOM}pt {LEFT}pt;
  @top-left {{ content: string(firm); font: 7.5pt Noto; }}
  @bottom-right {{ content: counter(page) " / " counter(pages); font: 7.5pt Noto; }} }}
body {{ font: 9.25pt/14.5pt Noto; margin: 0; }}
h1, h2 {{ margin: 14pt 0 4pt; break-after: avoid; font-size: inherit; }}
h1 {{ bookmark-level: 1; border-bottom: 1.2pt solid #0b4a5f; }}
h2 {{ bookmark-level: 2; }}
p {{ margin: 0; orphans: 2; widows: 2; }}
.keep {{ break-after: avoid; }}
.columns {{ display: flex; }}
.whole {{ break-inside: avoid; }}
table {{ border-collapse: collapse; table-layout: fixed; border-top: .8pt solid #0b4a5f; }}
td, th {{ padding: 0 4pt; vertical-align: top; text-align: left; }}
tr {{ border-bottom: .4pt solid #c3ccd3; break-inside: avoid; }}
svg {{ display: block; font-family: Noto; }}
a::after {{ content: leader('.') target-counter(attr(href), page); }}
.cover {{ break-after: page; height: 600pt; }}
.firm {{ string-set: firm content(); }}
"""


def report_html(dossier: Dossier, language: Language) -> str:
    """The report as one HTML page with its style sheet."""
    setter = Setter(language)
    cover = dossier.cover
    body = "".join(_element(block) for block in flow(setter, dossier, {}))
    return (
        f"<!doctype html><html lang='{language}'><meta charset='utf-8'>"
        f"<title>{escape(cover.firm)}</title><style>{FACES}{CSS}</style>"
        f"<div class='cover'><p style='font-size:28pt'>{escape(setter.say(cover.title))}</p>"
        f"<p class='firm' style='font-size:24pt'>{escape(cover.firm)}</p>"
        f"<p>{escape(cover.uscc)} {escape(cover.number)}</p></div>{body}"
    )


@singledispatch
def _element(block: object) -> str:
    raise TypeError(block)


@_element.register
def _(block: NewPage) -> str:
    return "<div style='break-before:page'></div>" if block.room > HALF_A_PAGE else ""


@_element.register
def _(block: Contents) -> str:
    return "".join(_entry(head) for head, _ in block.lines)


@_element.register
def _(block: Head) -> str:
    tag = "h2" if block.level else "h1"
    return f"<{tag} id='{escape(block.key)}'>{_text(block.text)}</{tag}>"


@_element.register
def _(block: TextBlock) -> str:
    keep = " class=keep" if block.keep else ""
    return f"<p{keep} style='{_style(block)}'>{_text(block)}</p>"


@_element.register
def _(block: Chart) -> str:
    return to_svg(block.drawing)


@_element.register
def _(block: Table) -> str:
    columns = "".join(f"<col style='width:{width:.2f}pt'>" for width in block.widths)
    head = f"<thead>{_row(block.head, len(block.widths))}</thead>" if block.head else ""
    rows = "".join(_row(row, len(block.widths)) for row in block.rows)
    return (
        f"<table style='width:{block.width:.2f}pt'><colgroup>{columns}</colgroup>"
        f"{head}<tbody>{rows}</tbody></table>"
    )


@_element.register
def _(block: Panel) -> str:
    look = f"background:{block.fill or 'none'};padding:{block.padding}pt"
    look += f";border-left:3pt solid {block.bar}" if block.bar else ""
    return f"<div class=whole style='{look}'>{_element(block.inner)}</div>"


@_element.register
def _(block: Columns) -> str:
    cells = (
        f"<div style='width:{cell.width:.2f}pt;margin-right:{block.gutter}pt'>"
        f"{_element(cell)}</div>"
        for cell in block.blocks
    )
    return f"<div class=columns>{''.join(cells)}</div>"


@_element.register
def _(block: Pair) -> str:
    return f"<div class=whole>{_element(block.inner)}</div>"


@_element.register
def _(block: Stack) -> str:
    return f"<div>{''.join(map(_element, block.blocks))}</div>"


def _entry(head: Head) -> str:
    return f"<p><a href='#{escape(head.key)}'>{escape(head.title)}</a></p>"


def _style(block: TextBlock) -> str:
    style = block.style
    weight = ";font-weight:700" if style.bold else ""
    justify = "justify" if style.justify else style.align
    return (
        f"font-size:{style.size:g}pt;line-height:{style.leading:g}pt;color:{style.color}"
        f";text-align:{justify};margin:{style.before:g}pt 0 {style.after:g}pt{weight}"
    )


def _text(block: TextBlock) -> str:
    lead, rest = block.text[: block.bold_until], block.text[block.bold_until :]
    return f"<b>{escape(lead)}</b>{escape(rest)}" if lead else escape(rest)


def _row(row: Row, columns: int) -> str:
    across = f" colspan={columns}" if row.heading else ""
    pad = f" style='padding-top:{row.pad}pt;padding-bottom:{row.pad}pt'"
    cells = (f"<td{across}{pad}>{_element(cell)}</td>" for cell in row.cells)
    return f"<tr>{''.join(cells)}</tr>"
