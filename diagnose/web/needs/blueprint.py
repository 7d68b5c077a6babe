"""Retrofit needs as the bureau sees them: matched, summed, closed."""

from flask import Blueprint

blueprint = Blueprint("needs", __name__, url_prefix="/needs", template_folder="templates")
