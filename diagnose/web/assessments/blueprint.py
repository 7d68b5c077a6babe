"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint(
    "assessments", __name__, url_prefix="/assessments", template_folder="templates"
)
