"""500,000 firms in memory: scored, flagged, grouped, named and benchmarked; seconds and memory.

python benchmarks/scale.py [FIRMS]
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from diagnose.fictional import district
from models.firms import profile_firms
from models.peers import PeerGroups, flag_quality, rank
from models.scoring import Scorer, load_standard

Result = TypeVar("Result")
FIRMS = 500_000
STANDARD = load_standard("sme-2024")


def timed(what: str, run: Callable[[], Result]) -> tuple[Result, float]:
    wall, processor = time.perf_counter(), time.process_time()
    result = run()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{what:32} {wall:6.2f} s  {processor:6.2f} s CPU  peak {peak:5.2f} GiB", flush=True)
    return result, wall


def main() -> None:
    firms = int(sys.argv[1]) if len(sys.argv) > 1 else FIRMS
    sheets, _ = timed(f"draw {firms:,} fictional firms", lambda: district(firms, 1).sheets)
    scorer = Scorer(STANDARD, sheets.questionnaire)
    scores, _ = timed("score", lambda: scorer.score(sheets))
    traits, t1 = timed("read traits", lambda: scorer.traits(sheets))
    quality, t2 = timed("flag answer quality", lambda: flag_quality(traits))
    titles = {feature.id: feature.title for feature in STANDARD.features}
    grouping, t3 = timed(
        "choose, fit, name groups", lambda: PeerGroups(titles=titles).fit(traits, quality)
    )
    membership, t4 = timed("assign", lambda: grouping.assign(traits, quality))
    profiles, t5 = timed("size and division", lambda: profile_firms(sheets.firms))
    standing, t6 = timed("rank", lambda: rank(scores, membership, profiles))
    print(f"\nflagged, grouped, named, benchmarked: {t1 + t2 + t3 + t4 + t5 + t6:.2f} s wall")
    print(f"{standing.suppressed.sum()} firms suppressed; groups:")
    for group in grouping.groups:
        print(f"  {group.name.zh}  /  {group.name.en}")


if __name__ == "__main__":
    main()
