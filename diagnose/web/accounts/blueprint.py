"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__, url_prefix="/account", template_folder="templates")
