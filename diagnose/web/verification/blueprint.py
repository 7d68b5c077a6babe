"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint(
    "verification", __name__, url_prefix="/work/answers", template_folder="templates"
)
