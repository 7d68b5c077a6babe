"""The one-to-one report as an accessible HTML page."""

from reports.html.document import STYLES, article_of, fragment, render

__all__ = ["STYLES", "article_of", "fragment", "render"]
