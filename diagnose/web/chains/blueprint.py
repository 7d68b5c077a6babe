"""Chain leaders and suppliers: what they agreed to share."""

from flask import Blueprint

blueprint = Blueprint("chains", __name__, url_prefix="/chains", template_folder="templates")
