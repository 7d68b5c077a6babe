"""Bulletins and published statistics."""

from flask import Blueprint

blueprint = Blueprint("bulletins", __name__, url_prefix="/bulletins", template_folder="templates")
