"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("visits", __name__, url_prefix="/work/visits", template_folder="templates")
