"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("results", __name__, url_prefix="/results", template_folder="templates")
