"""A bulletin as Word: the same parts and figures as the PDF, to be worked on."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from questionnaires.text import Language, Text
from reports.bulletins.curves import as_drawing, as_table
from reports.bulletins.model import Bulletin, Curve, Grid, Paragraph, Piece, day_of_issue, heading
from reports.drawings.shapes import Drawing
from reports.palette import ACCENT, MUTED, WARN
from reports.phrases import Phrasebook
from reports.word.document import settled
from reports.word.pictures import to_png
from reports.word.pieces import COLON, FORBIDDEN
from reports.word.template import color, hairlines, keep_whole, plain_page, repeat_head

say = Phrasebook("bulletins")

PAGE = Cm(16.6)


def render_docx(bulletin: Bulletin, language: Language) -> bytes:
    """The bulletin as an editable document; the same bulletin gives the same bytes."""
    return _Writer(language).write(bulletin)


class _Writer:
    def __init__(self, language: Language) -> None:
        self.language = language
        self.document: DocxDocument = Document()
        plain_page(self.document)

    def write(self, bulletin: Bulletin) -> bytes:
        self._head(bulletin)
        for line in bulletin.foreword.splitlines():
            if line.strip():
                self._paragraph(line.strip())
        for number, section in enumerate(bulletin.sections, 1):
            self.document.add_paragraph(self._say(heading(number, section.title)), "Heading 2")
            for piece in section.pieces:
                self._piece(piece)
        for number, (label, whom) in enumerate(bulletin.recipients):
            self._recipient(label, whom, first=not number)
        return self._saved(bulletin)

    def _say(self, text: Text | str) -> str:
        return FORBIDDEN.sub("", text if isinstance(text, str) else text.to(self.language))

    def _head(self, bulletin: Bulletin) -> None:
        section = self.document.sections[0]
        foot = [self._say(bulletin.title), self._say(bulletin.number)]
        if bulletin.fictional:
            foot.append(self._say(say("fictional")))
        section.footer.paragraphs[0].text = " · ".join(foot)
        section.footer.paragraphs[0].runs[0].font.size = Pt(8)
        if bulletin.mark:
            mark = self.document.add_paragraph().add_run(self._say(bulletin.mark))
            mark.bold, mark.font.color.rgb = True, color(WARN)
        title = self.document.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = title.add_run(self._say(bulletin.title))
        run.bold, run.font.size, run.font.color.rgb = True, Pt(20), color(ACCENT)
        number = self.document.add_paragraph(self._say(bulletin.number))
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        sender = self.document.add_paragraph()
        sender.paragraph_format.tab_stops.add_tab_stop(PAGE, WD_TAB_ALIGNMENT.RIGHT)
        day = self._say(day_of_issue(bulletin.dated))
        sender.add_run(f"{self._say(bulletin.sender)}\t{day}").bold = True
        _rule(sender, "bottom")

    def _piece(self, piece: Piece) -> None:
        match piece:
            case Paragraph(text, note):
                self._paragraph(text, note)
            case Grid():
                self._grid(piece)
            case Curve():
                self._picture(as_drawing(piece, PAGE.pt, self.language))
                self._grid(as_table(piece))

    def _paragraph(self, text: Text | str, note: bool = False) -> None:
        line = self.document.add_paragraph(self._say(text))
        if note:
            line.runs[0].font.size, line.runs[0].font.color.rgb = Pt(8.5), color(MUTED)
        elif self.language == "zh":
            line.paragraph_format.first_line_indent = Pt(21)

    def _grid(self, grid: Grid) -> None:
        caption = self.document.add_paragraph()
        caption.paragraph_format.keep_with_next = True
        caption.add_run(self._say(grid.title)).bold = True
        table = self.document.add_table(rows=1 + len(grid.rows), cols=len(grid.heads))
        table.autofit = False
        for column, width in zip(table.columns, grid.widths, strict=True):
            column.width = int(PAGE * width)
        for row, cells in zip(table.rows, [grid.heads, *grid.rows], strict=True):
            keep_whole(row)
            for at, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = table.columns[at].width
                line = cell.paragraphs[0]
                run = line.add_run(self._say(text))
                run.font.size, run.bold = Pt(9), cells is grid.heads
                line.paragraph_format.space_after = Pt(2)
                if at in grid.numbers:
                    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        repeat_head(table.rows[0])
        hairlines(table)
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    def _picture(self, drawing: Drawing) -> None:
        line = self.document.add_paragraph()
        line.paragraph_format.keep_with_next = True
        shape = line.add_run().add_picture(BytesIO(to_png(drawing)), PAGE)
        shape._inline.docPr.set("descr", drawing.title)  # noqa: SLF001  # python-docx has no name for it

    def _recipient(self, label: Text, whom: Text, *, first: bool) -> None:
        line = self.document.add_paragraph()
        line.add_run(self._say(label) + COLON[self.language]).bold = True
        line.add_run(self._say(whom))
        if first:
            _rule(line, "top")

    def _saved(self, bulletin: Bulletin) -> bytes:
        known = self.document.core_properties
        known.author = known.last_modified_by = self._say(say("author"))
        known.title = self._say(bulletin.title)
        known.created = known.modified = datetime.combine(bulletin.dated, datetime.min.time())
        file = BytesIO()
        self.document.save(file)
        return settled(file.getvalue())


def _rule(paragraph: DocxParagraph, side: str) -> None:
    """A line above or below a paragraph."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement(f"w:{side}")
    for key, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", ACCENT[1:])):
        line.set(qn(f"w:{key}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001  # python-docx has no name for it
