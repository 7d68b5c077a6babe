"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("tokens", __name__, url_prefix="/tokens", template_folder="templates")
