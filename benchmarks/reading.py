"""How long reading and checking answer sheets takes, in times of what `json` takes to parse them.

    python benchmarks/reading.py [--firms 50000] [--questionnaire sme-2024]

The sheets are drawn at random from the questionnaire itself: every kind, gaps, states. Times are
CPU seconds, the least of several runs.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

import questionnaires
from questionnaires.firmfields import FIELDS
from questionnaires.kinds import KINDS
from questionnaires.kinds.decimal import Decimal
from questionnaires.model import Question, Questionnaire
from questionnaires.readers import read_sheets
from questionnaires.routing import routed
from questionnaires.sheets import Column, Firms, Sheets, State
from questionnaires.writers import write_sheets

ALPHABET = np.array(list("0123456789ABCDEFGHJKLMNPQRTUWXY"))
STATES = [State.UNANSWERED, State.ANSWERED, State.UNKNOWN, State.NOT_APPLICABLE]


def random_sheets(questionnaire: Questionnaire, n: int, rng: np.random.Generator) -> Sheets:
    """Sheets with answers of every kind, a tenth of them missing or unknown."""
    states = rng.choice(STATES, (n, len(questionnaire.questions)), p=[0.04, 0.9, 0.04, 0.02])
    columns, reasons = [], {}
    for at, question in enumerate(questionnaire.questions):
        gone = states[:, at] == State.NOT_APPLICABLE
        if question.may_not_apply:
            reasons |= {(int(row), at): "本企业无此业务" for row in np.flatnonzero(gone)}
        else:
            states[gone, at] = State.UNANSWERED
        column = random_column(question, n, rng)
        column[states[:, at] != State.ANSWERED] = KINDS[question.kind].blank
        columns.append(column)
    firms = random_firms(n, rng)
    lines = np.arange(1, n + 1)
    return routed(
        Sheets(questionnaire, firms, states.astype(np.int8), tuple(columns), lines, reasons)
    )


def random_column(question: Question, n: int, rng: np.random.Generator) -> Column:
    match question.kind:
        case "single":
            return rng.integers(len(question.options), size=n).astype(np.int8)
        case "yesno":
            return rng.integers(2, size=n).astype(np.int8)
        case "multi":
            return random_choices(question, n, rng)
        case "date":
            return rng.integers(730_000, 739_000, size=n).astype(np.int32)
        case "text":
            return np.array([f"第 {k} 号车间需要更换老旧设备" for k in range(n)], dtype=object)
    kind = KINDS[question.kind]
    assert isinstance(kind, Decimal)
    low, high = kind.bounds(question)
    low, high = max(low, 0), min(high, 10_000)
    numbers = rng.uniform(low, high, n)
    return np.floor(numbers) if question.kind == "whole" else np.round(numbers, 2)


def random_choices(question: Question, n: int, rng: np.random.Generator) -> Column:
    """Each firm has its own share of the options; with none of them, the excluding one."""
    alone = sum(1 << at for at, option in enumerate(question.options) if option.excludes)
    chosen = rng.random((n, len(question.options))) < rng.random((n, 1))
    bits = (chosen << np.arange(len(question.options))).sum(axis=1) & ~alone
    return np.where(bits == 0, alone or 1, bits).astype(np.int32)


def random_firms(n: int, rng: np.random.Generator) -> Firms:
    values = rng.integers(10, size=(n, 17))
    values[:, 8:] = rng.integers(31, size=(n, 9))
    weights = np.array([pow(3, k, 31) for k in range(17)])
    values = np.column_stack([values, -(values @ weights) % 31])
    name = [f"虚构第 {k} 机械制造有限公司" for k in range(n)]
    industry = [str(code) for code in rng.integers(1310, 4360, n)]
    region = [f"虚构街道 {code}" for code in rng.integers(1, 20, n)]
    texts = {"name": name, "industry": industry, "region": region}
    return Firms(
        uscc=np.array(["".join(ALPHABET[row]) for row in values], dtype=object),
        employees=np.floor(rng.lognormal(4.5, 1, n)),
        revenue=np.round(rng.lognormal(8.5, 1.2, n), 1),
        **{key: np.array(value, dtype=object) for key, value in texts.items()},
    )


def seconds(work: Callable[[], object], repeats: int) -> float:
    """The least CPU time of several runs."""
    best = float("inf")
    for _ in range(repeats):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def parse(path: Path) -> None:
    with path.open("rb") as file:
        for line in file:
            json.loads(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=50_000)
    parser.add_argument("--questionnaire", default="sme-2024")
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    questionnaire = questionnaires.load(arguments.questionnaire)
    sheets = random_sheets(questionnaire, arguments.firms, np.random.default_rng(0))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheets.jsonl"
        write_sheets(sheets, path)
        size = path.stat().st_size
        del sheets
        reading = read_sheets(path, questionnaire)
        assert len(reading.sheets) == arguments.firms, reading.rejected[:3]
        del reading
        parsing = seconds(lambda: parse(path), arguments.repeats)
        checking = seconds(lambda: read_sheets(path, questionnaire), arguments.repeats)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{arguments.firms} sheets of {len(FIELDS)} + {len(questionnaire.questions)} fields")
    print(f"file                     {size / 1e6:8.1f} MB")
    print(f"json.loads               {parsing:8.2f} s")
    print(f"read, check, encode      {checking:8.2f} s")
    print(f"ratio                    {checking / parsing:8.2f}")
    print(f"peak memory              {peak:8.0f} MiB")


if __name__ == "__main__":
    main()
