"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("roster", __name__, url_prefix="/roster", template_folder="templates")
