"""Benchmark projects, their copies, and solution sets by industry."""

from flask import Blueprint

blueprint = Blueprint("benchmarks", __name__, url_prefix="/benchmarks", template_folder="templates")
