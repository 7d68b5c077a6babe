"""Files handed in as evidence, record or proof."""

import diagnose.web.attachments.views  # noqa: F401  # registers its pages
from diagnose.web.attachments.blueprint import blueprint

__all__ = ["blueprint"]
