"""Answer sheets from files: JSON Lines, CSV, Excel."""

from __future__ import annotations

from pathlib import Path

from questionnaires.check import check_rows
from questionnaires.errors import SheetsUnreadable
from questionnaires.model import Questionnaire
from questionnaires.readers.csvfile import read_csv
from questionnaires.readers.excel import read_excel
from questionnaires.readers.files import Progress, opened
from questionnaires.readers.jsonlines import read_jsonlines
from questionnaires.reading import Reading, Rejection
from questionnaires.text import Text

__all__ = ["SUFFIXES", "Reading", "Rejection", "read_sheets"]

SUFFIXES = (".jsonl", ".csv", ".xlsx", ".xls")
_UNSUPPORTED = Text(
    "“{name}”的后缀不受支持，可用：{suffixes}。",
    'The suffix of "{name}" is not supported; use one of {suffixes}.',
)


def read_sheets(
    path: Path | str, questionnaire: Questionnaire, on_progress: Progress | None = None
) -> Reading:
    """All answer sheets of a file, and what could not be taken.

    `on_progress` is told the bytes done and the bytes in all. Raises `SheetsUnreadable`, with a
    sentence, where nothing can be read at all.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        return check_rows(questionnaire, read_jsonlines(path, on_progress))
    if suffix in (".csv", ".tsv"):
        return check_rows(questionnaire, read_csv(path, questionnaire, on_progress))
    if suffix in (".xlsx", ".xls", ".xlsm"):
        return check_rows(questionnaire, read_excel(path, questionnaire, on_progress))
    with opened(path):
        told = {"name": path.name, "suffixes": ", ".join(SUFFIXES)}
        raise SheetsUnreadable(_UNSUPPORTED.format(**told))
