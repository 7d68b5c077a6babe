"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint(
    "imports", __name__, url_prefix="/roster/imports", template_folder="templates"
)
