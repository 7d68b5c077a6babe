"""Roadmaps a second and core, and how far batch, greedy and exact plans are from the best.

    python benchmarks/roadmaps.py [--firms 600] [--proved 150]

The firms are a fictional district. The best is what HiGHS proves within 0.01 % (the exact plans,
given all the time they need). The greedy baseline is the plan one would write first: take the
project with the most value for its cost, with what it needs, as early as it fits, until none
fits. Times are processor seconds of one core; the distances do not depend on the machine.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

import questionnaires
from diagnose.fictional import district
from models.roadmap import Planner, Roadmap, load_catalogue
from models.roadmap.goal import LEVEL
from models.roadmap.plans import Plans
from models.scoring import Scorer, load_standard
from questionnaires.sheets import Sheets


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--firms", type=int, default=600)
    arguments.add_argument("--proved", type=int, default=150)
    asked = arguments.parse_args()
    scorer = Scorer(load_standard("sme-2024"), questionnaires.load("sme-2024"))
    planner = Planner(scorer, load_catalogue(), seconds=120)
    sheets = district(asked.firms, seed=3).sheets
    planner.plan_many(sheets.take(np.arange(5)))

    began = time.process_time()
    batch = planner.plan_many(sheets)
    seconds = time.process_time() - began
    print(f"batch   {len(batch) / seconds:8.1f} plans a second and core ({len(batch)} firms)")

    exact, taken = prove(planner, sheets, asked.proved)
    middle, late, worst = np.percentile(taken, [50, 95, 100])
    print(f"exact   {middle:8.3f} s at the median, {late:.2f} at 95 %, {worst:.2f} at most")
    print(f"        batch is {np.mean(taken) / (seconds / len(batch)):.1f} times as fast as exact")
    greedy = [plain_greedy(planner, sheets.take([row])) for row in range(asked.proved)]
    best = [standing(roadmap) for roadmap in exact]
    found = {
        "exact": best,
        "batch": [standing(roadmap) for roadmap in batch[: asked.proved]],
        "greedy": greedy,
    }
    print(f"from the proved best ({asked.proved} firms)   mean   95 %  worst  levels missed")
    for name, standings in found.items():
        print(f"  {name:8} {compare(standings, best)}")
    stated = np.array([roadmap.gap for roadmap in batch[: asked.proved]])
    beyond = sum(
        ahead(mine, top) > gap + 1e-4
        for mine, top, gap in zip(found["batch"], best, stated, strict=True)
    )
    print(f"gaps stated in batch: {stated.mean():.1%} on average; {beyond} plans beyond their own")


def prove(planner: Planner, sheets: Sheets, firms: int) -> tuple[list[Roadmap], list[float]]:
    roadmaps, taken = [], []
    for row in range(firms):
        began = time.process_time()
        roadmaps.append(planner.plan(sheets, row))
        taken.append(time.process_time() - began)
    assert all(roadmap.optimal for roadmap in roadmaps)
    return roadmaps, taken


def standing(roadmap: Roadmap) -> tuple[int, float]:
    return roadmap.level_after - roadmap.level_before, roadmap.value


def ahead(mine: tuple[int, float], best: tuple[int, float]) -> float:
    """How far a plan is from the best, of its value; a missed level counts 100 points."""
    missed = LEVEL * (best[0] - mine[0])
    return (missed + best[1] - mine[1]) / max(missed + best[1], 1.0)


def compare(standings: list[tuple[int, float]], best: list[tuple[int, float]]) -> str:
    pairs = list(zip(standings, best, strict=True))
    distances = [ahead(mine, top) for mine, top in pairs]
    late, worst = np.percentile(distances, [95, 100])
    missed = sum(mine[0] < top[0] for mine, top in pairs)
    return f"{np.mean(distances):20.2%} {late:6.1%} {worst:6.1%} {missed:8d}"


def plain_greedy(planner: Planner, sheet: Sheets) -> tuple[int, float]:
    plans: Plans = planner._plans(sheet, None)  # noqa: SLF001  # the same rules, another search
    firm = np.array([0])
    when = np.zeros((1, len(planner.catalogue)), np.int8)
    while True:
        found = [
            (gain / cost, placed) for gain, cost, placed in additions(plans, when, firm) if gain > 0
        ]
        if not found:
            break
        when = max(found, key=lambda choice: choice[0])[1]
    roadmap = planner._told(sheet, plans, when, [planner._searched(plans)[1][0]])[0]  # noqa: SLF001
    return standing(roadmap)


def additions(plans: Plans, when: np.ndarray, firm: np.ndarray) -> list:
    found = []
    bundles = plans.bundles(when, firm)
    now = plans.value(when, firm)[0]
    for p in np.flatnonzero(plans.cases.candidates[0] & (when[0] == 0)):
        bundle = bundles[:, p]
        if (bundle[0] & ~plans.cases.candidates[0]).any():
            continue
        placed, fits = plans.place(when, firm, bundle)
        if fits[0]:
            gain = plans.value(placed, firm)[0] - now
            found.append((gain, plans.cost[0, bundle[0]].sum(), placed))
    return found


if __name__ == "__main__":
    main()
