"""A firm's own retrofit projects: contract, months, acceptance, figures."""

from flask import Blueprint

blueprint = Blueprint("retrofits", __name__, url_prefix="/retrofits", template_folder="templates")
