"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("issuing", __name__, url_prefix="/work/reports", template_folder="templates")
