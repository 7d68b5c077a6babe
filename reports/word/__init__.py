"""The one-to-one report as an editable Word document."""

from reports.word.document import render_word

__all__ = ["render_word"]
