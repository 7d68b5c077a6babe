"""Lists as Excel files: made with today's date, handed out under a name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from io import BytesIO

from flask import Response, send_file

from questionnaires.clock import today
from reports.workbook.tables import Sheet, write_tables

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_of(sheets: Iterable[Sheet]) -> bytes:
    """The sheets in one file."""
    file = BytesIO()
    write_tables(file, sheets, datetime.combine(today(), time()))
    return file.getvalue()


def send_excel(content: bytes, name: str) -> Response:
    """The file as a download."""
    return send_file(BytesIO(content), EXCEL, as_attachment=True, download_name=name)
