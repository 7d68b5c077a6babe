"""Changes of the roster: events, imports and their undoing."""

from flask import Blueprint

blueprint = Blueprint(
    "changes", __name__, url_prefix="/roster/changes", template_folder="templates"
)
