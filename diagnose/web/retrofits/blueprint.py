"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("retrofits", __name__, url_prefix="/retrofits", template_folder="templates")
