"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint(
    "administration", __name__, url_prefix="/administration", template_folder="templates"
)
