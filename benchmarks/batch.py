"""`diagnose run --until peers` on a file of sheets, in times of what `json` takes to parse it.

    python benchmarks/batch.py [--firms 50000]

The whole command is timed from outside, start to exit, reading and writing included; its peak
memory is the largest of its processes. The baseline parses the same file line by line.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from diagnose.fictional import district
from questionnaires.writers import write_sheets

RUNS = 3
TARGET = 12


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--firms", type=int, default=50_000)
    firms = arguments.parse_args().firms
    with tempfile.TemporaryDirectory() as folder:
        sheets = Path(folder) / "sheets.jsonl"
        write_sheets(district(firms, seed=1).sheets, sheets)
        parsing = min(parse(sheets) for _ in range(RUNS))
        running = min(run(sheets, Path(folder) / "results") for _ in range(RUNS))
        size = sheets.stat().st_size / 2**20
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**10
    print(f"{firms} sheets, {size:.0f} MiB; wall seconds, the least of {RUNS} runs")
    print(f"json, line by line          {parsing:6.2f} s")
    print(f"diagnose run --until peers  {running:6.2f} s, at most {memory:.0f} MiB")
    print(f"ratio                       {running / parsing:6.2f} (aim: at most {TARGET})")


def parse(sheets: Path) -> float:
    start = time.perf_counter()
    with sheets.open(encoding="utf-8") as file:
        for line in file:
            json.loads(line)
    return time.perf_counter() - start


def run(sheets: Path, out: Path) -> float:
    start = time.perf_counter()
    command = ["-m", "diagnose", "run", str(sheets), "--out", str(out), "--until", "peers"]
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
