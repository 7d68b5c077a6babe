"""Answer sheets in CSV: one firm a row, one column a firm field or question."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from questionnaires.errors import SheetsUnreadable
from questionnaires.model import Questionnaire
from questionnaires.problems import BROKEN_CSV, LINE_TOO_LONG, NOT_DECODABLE, Problem
from questionnaires.readers.files import (
    LONGEST_LINE,
    Progress,
    Reporter,
    lines_of,
    opened,
    refuse_binary,
)
from questionnaires.readers.headers import Header, read_header
from questionnaires.reading import RawSheet, Rejection
from questionnaires.text import Text

DELIMITERS = (",", ";", "\t")
UTF_8, GB = "UTF-8", "GB18030"
NO_HEADER = Text(
    "“{name}”的首行读不出列标题：{why}",
    'No headings can be read from the first row of "{name}": {why}',
)


def read_csv(
    path: Path, questionnaire: Questionnaire, on_progress: Progress | None
) -> Iterator[RawSheet | Rejection]:
    """The rows of the file; `line` is where a row begins.

    The separator (comma, semicolon or tab) is the one most used in the first line. The text is
    UTF-8, with or without byte-order mark, or GB18030, told apart by the first line that is not
    plain ASCII. Raises `SheetsUnreadable`.
    """
    with opened(path) as (file, size):
        refuse_binary(file, path, "CSV")
        reporter = Reporter(file, size, on_progress)
        decoded = Decoded(lines_of(file))
        header: Header | None = None
        for line, cells in records(decoded):
            if header is None:
                if isinstance(cells, Problem):
                    raise SheetsUnreadable(NO_HEADER.format(name=path.name, why=cells.text))
                header = read_header(cells, questionnaire, path.name)
                continue
            reporter.step()
            if isinstance(cells, Problem):
                yield Rejection(line, "", "", cells.code, cells.text)
            elif (row := header.sheet(line, cells)) is not None:
                yield row
        reporter.done()


class Unfit(Exception):
    """A line that cannot be part of a record; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.text.en)


class Decoded:
    """Lines of bytes as text for `csv`; `number` is that of the last line.

    Raises `Unfit` at a line that is no text and at one that makes its record too long.
    """

    def __init__(self, lines: Iterator[tuple[int, bytes | None]]) -> None:
        self.lines = lines
        self.encoding = ""
        self.number = 0
        self.room = LONGEST_LINE

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.number, line = next(self.lines)
        self.room -= len(line or b"")
        if line is None or self.room < 0:
            raise Unfit(LINE_TOO_LONG.of(bound=LONGEST_LINE))
        if line.isascii():
            return line.decode("ascii")
        for encoding in (self.encoding,) if self.encoding else (UTF_8, GB):
            try:
                text = line.decode(encoding)
            except UnicodeDecodeError:
                continue
            self.encoding = encoding
            return text
        raise Unfit(NOT_DECODABLE.of(encoding=self.encoding or UTF_8))


def records(decoded: Decoded) -> Iterator[tuple[int, list[str] | Problem]]:
    """The records and the numbers of their first lines; a bad one is its problem."""
    reader: Iterator[list[str]] | None = None
    while True:
        begins, decoded.room = decoded.number + 1, LONGEST_LINE
        try:
            if reader is None:
                first = next(decoded)
                delimiter = max(DELIMITERS, key=first.count)
                reader = csv.reader(chain([first], decoded), delimiter=delimiter)
            cells = next(reader)
        except StopIteration:
            return
        except Unfit as unfit:
            yield begins, unfit.problem
        except csv.Error as error:
            yield begins, BROKEN_CSV.of(why=error)
        else:
            if cells:
                yield begins, cells
