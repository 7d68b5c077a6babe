"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("jobs", __name__, url_prefix="/jobs", template_folder="templates")
