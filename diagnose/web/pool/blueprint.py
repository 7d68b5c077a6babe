"""The project pool of the district, from suggestion to effect."""

from flask import Blueprint

blueprint = Blueprint("pool", __name__, url_prefix="/pool", template_folder="templates")
