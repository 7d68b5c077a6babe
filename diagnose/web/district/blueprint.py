"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("district", __name__, url_prefix="/district", template_folder="templates")
