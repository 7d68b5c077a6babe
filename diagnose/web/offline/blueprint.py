"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("offline", __name__, url_prefix="/offline", template_folder="templates")
