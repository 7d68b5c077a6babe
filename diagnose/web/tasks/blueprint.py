"""Tasks of a plan, their lights and follow-up letters."""

from flask import Blueprint

blueprint = Blueprint("tasks", __name__, url_prefix="/tasks", template_folder="templates")
