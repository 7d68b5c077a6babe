"""One run at a time writes into a folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from questionnaires.text import Text

BUSY = Text(
    "另一次运行正在写文件夹 {out}。请等它结束，或用 --out 换一个文件夹。",
    "Another run is writing into {out}. Wait until it has ended, or name another folder "
    "with --out.",
)


class FolderBusy(Exception):
    """Another run holds the folder; `message` says so."""

    def __init__(self, folder: Path) -> None:
        self.message = BUSY.format(out=folder)
        super().__init__(self.message.en)


if sys.platform == "win32":

    @contextmanager
    def held(folder: Path) -> Iterator[None]:  # noqa: ARG001  # Windows locks no folders
        """Nothing: on Windows, two runs into one folder at once are left to the user."""
        yield

else:
    import fcntl

    @contextmanager
    def held(folder: Path) -> Iterator[None]:
        """Hold `folder` against other runs; the system lets go of it however this one ends.

        Raises `FolderBusy`. Some network drives know no locks; there it is not held.
        """
        handle = os.open(folder, os.O_RDONLY)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise FolderBusy(folder) from None
            except OSError:
                pass
            yield
        finally:
            os.close(handle)
