"""The reviewer's queue, marks, defects and decision."""

import diagnose.web.reviews.views  # noqa: F401  # registers its pages
from diagnose.web.reviews.blueprint import blueprint

__all__ = ["blueprint"]
