"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint(
    "findings", __name__, url_prefix="/work/findings", template_folder="templates"
)
