"""The one-to-one report as a PDF."""

from reports.pdf.document import render

__all__ = ["render"]
