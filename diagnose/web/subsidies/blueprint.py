"""Where public money helps most."""

from flask import Blueprint

blueprint = Blueprint("subsidies", __name__, url_prefix="/subsidies", template_folder="templates")
