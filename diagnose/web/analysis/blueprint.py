"""Levels, groups, weak scenes, providers and streets, side by side."""

from flask import Blueprint

blueprint = Blueprint("analysis", __name__, url_prefix="/analysis", template_folder="templates")
