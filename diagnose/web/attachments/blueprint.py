"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint(
    "attachments", __name__, url_prefix="/attachments", template_folder="templates"
)
