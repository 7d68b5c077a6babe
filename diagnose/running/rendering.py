"""Reports on all cores: dossiers come in, the workers render and write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from joblib import Parallel, cpu_count, delayed

from questionnaires.text import Language
from reports.dossier import Dossier
from reports.pdf import render

FEW = 4  # up to here, starting workers takes longer than rendering


@dataclass(frozen=True)
class Shelf:
    """A folder of `count` reports, `<uscc>.pdf` each, in one language."""

    folder: Path
    language: Language
    count: int

    def fill(self, dossiers: Iterable[Dossier], told: Callable[[int], None]) -> None:
        """Write the reports; their bytes do not depend on which worker wrote them."""
        self.folder.mkdir()
        workers = Parallel(
            n_jobs=1 if self.count <= FEW else cpu_count(), return_as="generator_unordered"
        )
        written = workers(delayed(self._write)(dossier) for dossier in dossiers)
        for done, _ in enumerate(written, start=1):
            told(done)

    def _write(self, dossier: Dossier) -> None:
        path = self.folder / f"{dossier.cover.uscc}.pdf"
        path.write_bytes(render(dossier, self.language))
