"""The Word template: our look, with the tags that docxtpl fills in. Made by code, so it is text."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell

from reports.palette import ACCENT, INK, MUTED, RULE

LATIN, CHINESE = "Noto Sans SC", "Noto Sans SC"
SIZES = {"Title": (28, ACCENT), "Heading 1": (18, ACCENT), "Heading 2": (12.5, ACCENT)}


@cache
def template() -> bytes:
    """The template as a file."""
    document = Document()
    plain_page(document)
    _running(document)
    _cover(document)
    _body(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def plain_page(document: DocxDocument) -> None:
    """A4 with our margins and type."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    _styles(document)


def _running(document: DocxDocument) -> None:
    section = document.sections[0]
    header = section.header.paragraphs[0]
    header.text = "{{ firm }} · {{ title }}"
    section.footer.paragraphs[0].text = "{{ number }}{% if stamp %} · {{ stamp }}{% endif %}"
    for paragraph in (header, section.footer.paragraphs[0]):
        paragraph.runs[0].font.size = Pt(8)
        paragraph.runs[0].font.color.rgb = color(MUTED)


def _styles(document: DocxDocument) -> None:
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _font(normal, 10.5, INK)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.35
    for name, (size, ink) in SIZES.items():
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        _font(style, size, ink)
        style.font.bold = True
        style.paragraph_format.space_before = Pt(size)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.keep_with_next = True


def _font(style: ParagraphStyle, size: float, ink: str) -> None:
    """Name the font for both scripts; Word takes the next that the machine has."""
    style.font.name, style.font.size = LATIN, Pt(size)
    style.font.color.rgb = color(ink)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    fonts.set(qn("w:eastAsia"), CHINESE)


def _cover(document: DocxDocument) -> None:
    document.add_paragraph("{% if stamp %}{{ stamp }}{% endif %}")
    title = document.add_paragraph("{{ title }}", style="Title")
    title.paragraph_format.space_before = Pt(120)
    firm = document.add_paragraph("{{ firm }}")
    firm.runs[0].font.size, firm.runs[0].font.bold = Pt(20), True
    document.add_paragraph("{{ basis }}")
    table = document.add_table(rows=3, cols=2)
    _cells(table.rows[0].cells, "{%tr for fact in facts %}", "")
    _cells(table.rows[1].cells, "{{ fact[0] }}", "{{ fact[1] }}")
    _cells(table.rows[2].cells, "{%tr endfor %}", "")
    document.add_paragraph("{{ handling }}").runs[0].font.color.rgb = color(MUTED)


def _cells(cells: tuple[_Cell, ...], *texts: str) -> None:
    for cell, text in zip(cells, texts, strict=True):
        cell.text = text


def _body(document: DocxDocument) -> None:
    """Loops over chapters and their pieces; `p` tags take their paragraph away with them."""
    add = document.add_paragraph
    add("{%p for chapter in chapters %}")
    heading = add("{{ chapter.title }}", style="Heading 1")
    heading.paragraph_format.page_break_before = True
    add("{%p for item in chapter.pieces %}")
    add("{%p if item.kind == 'part' %}")
    add("{{ item.text }}", style="Heading 2")
    add("{%p elif item.kind == 'bullet' %}")
    add("{{ item.text }}", style="List Bullet")
    add("{%p elif item.kind == 'label' %}")
    label = add("")
    label.add_run("{{ item.lead }}").bold = True
    label.add_run("{{ item.text }}")
    add("{%p elif item.kind == 'table' %}")
    _table(document)
    add("{%p else %}")
    add("{{ item.text }}")
    add("{%p endif %}")
    add("{%p endfor %}")
    add("{%p endfor %}")


def _table(document: DocxDocument) -> None:
    """A table with as many columns and rows as the item has."""
    table = document.add_table(rows=4, cols=3)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    heads, begin, row, end = table.rows
    _cells(heads.cells, "{%tc for head in item.columns %}", "{{ head }}", "{%tc endfor %}")
    heads.cells[1].paragraphs[0].runs[0].bold = True
    repeat_head(heads)
    _cells(begin.cells, "{%tr for row in item.rows %}", "", "")
    _cells(row.cells, "{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}")
    _cells(end.cells, "{%tr endfor %}", "", "")
    for each in (heads, row):
        for cell in each.cells:
            cell.paragraphs[0].runs[0].font.size = Pt(9)
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    hairlines(table)


def repeat_head(row: object) -> None:
    """The row stands at the head of the table on every page."""
    mark = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(mark)  # type: ignore[attr-defined]  # noqa: SLF001  # python-docx has no name for it


def keep_whole(row: object) -> None:
    """No page breaks within the row."""
    mark = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(mark)  # type: ignore[attr-defined]  # noqa: SLF001  # python-docx has no name for it


def hairlines(table: object) -> None:
    """Thin rules instead of the black grid."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("color", RULE.lstrip("#"))):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    for side in ("left", "right", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "nil")
        borders.append(line)
    table._tbl.tblPr.append(borders)  # type: ignore[attr-defined]  # noqa: SLF001  # python-docx has no name for it


def color(written: str) -> RGBColor:
    """A colour “#rrggbb” as Word wants it."""
    return RGBColor.from_string(written.lstrip("#").upper())
