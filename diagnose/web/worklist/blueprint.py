"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("worklist", __name__, url_prefix="/work", template_folder="templates")
