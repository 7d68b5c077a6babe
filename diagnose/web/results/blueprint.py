"""Where the pages of this area are found; the report's own style sheet is served from here."""

from flask import Blueprint

from reports.html import STYLES

blueprint = Blueprint(
    "results",
    __name__,
    url_prefix="/results",
    template_folder="templates",
    static_folder=str(STYLES.parent),
)
