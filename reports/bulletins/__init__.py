"""Bulletins and published statistics: one value, told as PDF and as Word with the same figures."""

from reports.bulletins.model import Bulletin, Curve, Grid, Paragraph, Piece, Point, Section
from reports.bulletins.pdf import render_pdf
from reports.bulletins.word import render_docx

__all__ = [
    "Bulletin",
    "Curve",
    "Grid",
    "Paragraph",
    "Piece",
    "Point",
    "Section",
    "render_docx",
    "render_pdf",
]
