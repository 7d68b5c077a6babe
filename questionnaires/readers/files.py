"""Opening answer sheets safely: what is no readable file is told in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from questionnaires.errors import SheetsUnreadable
from questionnaires.text import Text

LONGEST_LINE = 1 << 18  # a sheet of the longest answers is a tenth of it
SAMPLE = 1 << 16
Progress = Callable[[int, int], None]

EMPTY = Text("文件“{name}”是空的，没有答卷。", 'The file "{name}" is empty; it holds no sheets.')
MISSING = Text("找不到文件“{name}”，请检查路径。", 'There is no file "{name}"; check the path.')
FOLDER = Text(
    "“{name}”是文件夹，请给出其中的一个文件。", '"{name}" is a folder; give one file of it.'
)
BINARY = Text(
    "“{name}”不是文本文件，无法作为{what}读取；请检查文件和后缀名。",
    '"{name}" is not a text file and cannot be read as {what}; check the file and its suffix.',
)
DENIED = Text("文件“{name}”无法打开：{why}。", 'The file "{name}" cannot be opened: {why}.')


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """The file and its size in bytes.

    Raises `SheetsUnreadable` where it is missing, empty, a folder, or may not be read.
    """
    try:
        if path.is_dir():
            raise SheetsUnreadable(FOLDER.format(name=path.name or path))
        with path.open("rb") as file:
            size = path.stat().st_size
            if not size:
                raise SheetsUnreadable(EMPTY.format(name=path.name))
            yield file, size
    except FileNotFoundError:
        raise SheetsUnreadable(MISSING.format(name=path.name)) from None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise SheetsUnreadable(DENIED.format(name=path.name, why=why)) from error


def refuse_binary(file: IO[bytes], path: Path, what: str) -> None:
    """Raise `SheetsUnreadable` where the file begins like no text; leave it at its start."""
    sample = file.read(SAMPLE)
    file.seek(0)
    if b"\0" in sample or sample.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise SheetsUnreadable(BINARY.format(name=path.name, what=what))


def lines_of(file: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """The numbered lines, a byte-order mark taken off; None where one is over the limit.

    Memory stays bounded however long a line is.
    """
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if len(line) > LONGEST_LINE:
            while not line.endswith(b"\n") and (line := file.readline(LONGEST_LINE)):
                pass
            yield number, None
        else:
            yield number, line


class Reporter:
    """Tells `on_progress` (bytes done, bytes in all) every thousand rows and at the end."""

    EVERY = 1_000

    def __init__(self, file: IO[bytes], size: int, on_progress: Progress | None) -> None:
        self.file = file
        self.size = size
        self.on_progress = on_progress
        self.rows = 0

    def step(self) -> None:
        """One more row was read."""
        self.rows += 1
        if self.on_progress and self.rows % self.EVERY == 0:
            self.on_progress(min(self.file.tell(), self.size), self.size)

    def done(self) -> None:
        """All was read."""
        if self.on_progress:
            self.on_progress(self.size, self.size)
