"""Where the pages of this area are found."""

from flask import Blueprint

from diagnose.uploads import LARGEST
from diagnose.uploads.refusals import TOO_LARGE

blueprint = Blueprint(
    "attachments", __name__, url_prefix="/attachments", template_folder="templates"
)


@blueprint.app_context_processor
def limits() -> dict[str, object]:
    """What `attachments/limit.html` tells."""
    return {"largest_file": LARGEST, "file_too_large": TOO_LARGE}
