"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("coverage", __name__, url_prefix="/coverage", template_folder="templates")
