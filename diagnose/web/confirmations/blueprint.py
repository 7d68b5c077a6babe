"""Where the pages of this area are found."""

from flask import Blueprint

blueprint = Blueprint("confirmations", __name__, url_prefix="/reports", template_folder="templates")
