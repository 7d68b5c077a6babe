"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("plans", __name__, url_prefix="/plan", template_folder="templates")
