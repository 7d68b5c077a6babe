"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("firms", __name__, url_prefix="/firm", template_folder="templates")
