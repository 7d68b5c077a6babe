"""Campaigns: who is to be diagnosed by when."""

from flask import Blueprint

blueprint = Blueprint("campaigns", __name__, url_prefix="/campaigns", template_folder="templates")
