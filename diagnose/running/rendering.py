"""Reports on all cores: dossiers come in, the workers render and write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from joblib import Parallel, cpu_count, delayed

from questionnaires.text import Language, Text
from reports.dossier import Dossier
from reports.pdf import render

FEW = 4  # up to here, starting workers takes longer than rendering


KILLED = Text(
    "生成报告的进程被系统终止，多半是内存不足。输出文件夹保持原样；"
    "请关闭其他程序，或把答卷分成几份再试。",
    "A process that writes reports was ended by the system, probably for want of memory. The "
    "output folder is as it was; close other programs, or split the sheets, then try again.",
)


class Unfinished(Exception):
    """The reports could not all be written; `message` says why."""

    def __init__(self) -> None:
        self.message = KILLED
        super().__init__(KILLED.en)


@dataclass(frozen=True)
class Shelf:
    """A folder of `count` reports, `<uscc>.pdf` each, in one language."""

    folder: Path
    language: Language
    count: int

    def fill(self, dossiers: Iterable[Dossier], told: Callable[[int], None]) -> None:
        """Write the reports; their bytes do not depend on which worker wrote them.

        No worker goes on writing when this has raised; `Unfinished` where one was killed.
        """
        self.folder.mkdir()
        workers = Parallel(
            n_jobs=1 if self.count <= FEW else cpu_count(), return_as="generator_unordered"
        )
        try:
            with closing(workers(delayed(self._write)(one) for one in dossiers)) as written:
                for done, _ in enumerate(written, start=1):
                    told(done)
        except BrokenProcessPool as error:
            raise Unfinished from error

    def _write(self, dossier: Dossier) -> None:
        path = self.folder / f"{dossier.cover.uscc}.pdf"
        path.write_bytes(render(dossier, self.language))
