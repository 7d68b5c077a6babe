"""From a dossier to an HTML page that stands alone, or to the article in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from questionnaires.text import Language
from reports.dossier import Dossier
from reports.dossier.wording import money, number
from reports.html import grids, visit_grids
from reports.html.charts import draw
from reports.html.words import Words

HERE = Path(__file__).parent
STYLES = HERE / "static" / "report.css"
LANG = {"zh": "zh-Hans", "en": "en"}
_OPENS, _CLOSES = "<article", "</article>"


def render(dossier: Dossier, language: Language) -> str:
    """The whole report as one HTML document that needs no other file.

    It depends on the dossier and the language alone: no clock, no memory of other reports.
    """
    return _environment().get_template("document.html").render(
        _context(dossier, language), styles=STYLES.read_text(encoding="utf-8")
    )  # fmt: skip


def fragment(dossier: Dossier, language: Language) -> str:
    """The report's `<article>`, for a page that brings its own frame and `STYLES`."""
    return _environment().get_template("article.html").render(_context(dossier, language))


def article_of(document: str) -> str:
    """The `<article>` of a document that `render` made, as `fragment` gives it."""
    start, end = document.index(_OPENS), document.rindex(_CLOSES)
    return document[start : end + len(_CLOSES)]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = number
    environment.filters["money"] = money
    return environment


def _context(dossier: Dossier, language: Language) -> dict[str, object]:
    words = Words(language)
    return {
        "dossier": dossier,
        "lang": LANG[language],
        "words": words,
        "say": words.say,
        "word": words.word,
        "phrase": words.phrase,
        "told": words.told,
        "charts": draw(dossier, words),
        "grids": grids,
        "visit_grids": visit_grids,
    }
