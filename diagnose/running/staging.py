"""Results are written beside their folder and moved in whole, so that nothing is half-written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

PROMISED = (
    "scores.jsonl",
    "groups.json",
    "peers.jsonl",
    "roadmaps.jsonl",
    "reports",
    "summary.xlsx",
    "rejected.csv",
)


@contextmanager
def staged(out: Path, names: Sequence[str] = PROMISED) -> Iterator[Path]:
    """A folder to write results into; they move into `out` only when all of them are there.

    What an earlier run left in `out` under these `names` goes; other files are left alone.
    Raises OSError where `out` cannot hold them (a file, a full disk, no permission).
    """
    out.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(prefix=".writing-", dir=out))
    try:
        yield folder
        for name in names:
            _remove(out / name)
            if (folder / name).exists():
                (folder / name).replace(out / name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
