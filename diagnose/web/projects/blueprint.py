"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint(
    "projects", __name__, url_prefix="/work/projects", template_folder="templates"
)
