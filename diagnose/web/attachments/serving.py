"""A kept file sent to somebody who may see it: as a download, never as a page."""

from __future__ import annotations

from flask import send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from diagnose.records import Attachment
from diagnose.web.attachments.operations import store


def send(row: Attachment) -> ResponseReturnValue:
    """The file, to be saved; 404 where it was removed."""
    if row.removed_at is not None:
        raise NotFound
    try:
        file = store().open(row.key)
    except FileNotFoundError:
        raise NotFound from None
    response = send_file(
        file, mimetype=row.media_type, as_attachment=True, download_name=row.name, max_age=0
    )
    response.headers["Cache-Control"] = "no-store"
    response.content_length = row.size
    return response
