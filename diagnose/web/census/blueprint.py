"""The census of retrofit needs, filled in by a firm."""

from flask import Blueprint

blueprint = Blueprint("census", __name__, url_prefix="/census", template_folder="templates")
