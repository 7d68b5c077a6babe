"""Files of issued reports."""

from __future__ import annotations

from flask import Response, current_app
from werkzeug.exceptions import NotFound

from diagnose.records import Report, note
from diagnose.web.access import actor
from diagnose.web.database import records

TYPES = {
    "pdf": "application/pdf",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def report_file(report: Report, firm_id: int, edition: str) -> Response:
    """One edition of a report, to be saved; who fetched it is logged."""
    if edition not in report.files:
        raise NotFound
    content = current_app.extensions["store"].get(report.files[edition]["key"])
    note(
        records(), actor(), "report.download", f"report:{report.id}", firm_id=firm_id, file=edition
    )
    records().commit()
    kind = TYPES.get(edition.rpartition(".")[2], "application/octet-stream")
    response = Response(content, mimetype=kind)
    name = f"{report.number}-{report.version}-{edition}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
