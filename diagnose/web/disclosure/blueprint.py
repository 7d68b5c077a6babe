"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("disclosure", __name__, url_prefix="/disclosure", template_folder="templates")
