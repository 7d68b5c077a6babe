"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("reviews", __name__, url_prefix="/reviews", template_folder="templates")
