"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("start", __name__, template_folder="templates")
