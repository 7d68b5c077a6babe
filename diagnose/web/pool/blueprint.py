"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("pool", __name__, url_prefix="/pool", template_folder="templates")
