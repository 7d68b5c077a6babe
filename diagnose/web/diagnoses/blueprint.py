"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("diagnoses", __name__, url_prefix="/diagnoses", template_folder="templates")
