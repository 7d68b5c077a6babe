"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("health", __name__, url_prefix="", template_folder="templates")
