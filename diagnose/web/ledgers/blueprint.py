"""Ledgers as Excel files in a bureau's own columns."""

from flask import Blueprint

blueprint = Blueprint("ledgers", __name__, url_prefix="/ledgers", template_folder="templates")
