"""Results are written beside their folder and moved in whole, so that nothing is half-written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from diagnose.running.folder_lock import held

PROMISED = (
    "scores.jsonl",
    "groups.json",
    "peers.jsonl",
    "roadmaps.jsonl",
    "reports",
    "summary.xlsx",
    "rejected.csv",
)
WRITING = ".writing-"


@contextmanager
def staged(out: Path, names: Sequence[str] = PROMISED) -> Iterator[Path]:
    """A folder to write results into; they move into `out` only when all of them are there.

    What an earlier run left in `out` under these `names` goes; other files are left alone. Where
    anything raises, a signal too, `out` is as it was. Raises `FolderBusy`, and OSError where
    `out` cannot hold the results (a file, a full disk, no permission).
    """
    made = [folder for folder in (out, *out.parents) if not os.path.lexists(folder)]
    out.mkdir(parents=True, exist_ok=True)
    with held(out):
        try:
            _clear(out)
            folder = Path(mkdtemp(prefix=WRITING, dir=out))
            yield folder
            _deliver(folder, out, names)
        finally:
            _clear(out)
            with suppress(OSError):  # holds results, or what somebody else put there
                for folder in made:
                    folder.rmdir()


def _clear(out: Path) -> None:
    """Remove what this run wrote aside, or one that was killed."""
    for folder in out.glob(f"{WRITING}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _deliver(folder: Path, out: Path, names: Sequence[str]) -> None:
    earlier = Path(mkdtemp(prefix=WRITING, dir=out))
    moves: list[tuple[Path, Path]] = []
    try:
        for name in names:
            for source, target in ((out / name, earlier / name), (folder / name, out / name)):
                if os.path.lexists(source):
                    moves.append((source, target))
                    source.replace(target)
    except BaseException:
        for source, target in reversed(moves):
            if not os.path.lexists(source):
                target.replace(source)
        raise
