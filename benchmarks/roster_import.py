"""A roster file of a whole country taken over: rows a second, peak memory, against a bare baseline.

python benchmarks/roster_import.py [ROWS] [csv|xlsx]

The file has 16 columns and one bad row in a hundred. The baseline reads it with `csv.reader` and
writes its cells as they are into one table without an index by `executemany`: no check, no event.
Each is run in a process of its own.
"""

from __future__ import annotations

import csv
import resource
import sqlite3
import subprocess
import sys
import time
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sqlmodel import Session
from stdnum.cn import uscc

from diagnose.records import Actor, connect, upgrade
from diagnose.roster.intake.comparing import plan_import
from diagnose.roster.intake.fields import match
from diagnose.roster.intake.reading import read_head
from diagnose.roster.intake.writing import Source, take_over
from models.firms import industry_codes
from reports.workbook.tables import Column, Sheet, write_tables

ROWS = 530_000
DAY = date(2026, 1, 1)
BAD_EVERY = 100
HEADINGS = [
    "序号",
    "统一社会信用代码",
    "单位详细名称",
    "行业代码",
    "所在街道",
    "所属园区",
    "从业人员",
    "营业收入（万元）",
    "入规日期",
    "入规方式",
    "产业链",
    "优质称号",
    "联系人",
    "联系电话",
    "网格员",
    "备注",
]


def make_rows(count: int) -> list[list[str]]:
    random = np.random.default_rng(1)
    codes = [code for code in industry_codes() if len(code) == 4]
    people, money = random.integers(20, 3000, count), random.integers(20_000, 9_000_000, count)
    picks = random.integers(0, 1 << 30, (count, 4))
    rows = []
    for at in range(count):
        body = f"91{picks[at, 0] % 650000:06d}MA{at:07d}"
        code = body + uscc.calc_check_digit(body)
        if at % BAD_EVERY == BAD_EVERY - 1:
            code = code[:-1] + ("0" if code[-1] != "0" else "1")
        street, chain = f"第{picks[at, 1] % 300}街道", f"产业链{picks[at, 2] % 16}"
        rows.append(
            [
                str(at + 1),
                code,
                f"某某市第{at}号机械设备制造有限公司",
                codes[picks[at, 3] % len(codes)],
                street,
                f"园区{picks[at, 1] % 90}" if at % 3 else "",
                str(people[at]),
                f"{money[at] / 10:.1f}",
                f"20{10 + at % 15}-{1 + at % 12:02d}-01",
                "年度" if at % 4 else "月度",
                chain,
                ("", "高新技术企业", "专精特新、高新技术企业")[at % 3],
                f"联系人{at % 5000}",
                f"1380000{at % 10000:04d}",
                f"网格员{at % 900}",
                "",
            ]
        )
    return rows


def make_file(path: Path, count: int) -> None:
    rows = make_rows(count)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADINGS)
            writer.writerows(rows)
        return
    columns = [
        Column(heading, 12, [row[at] for row in rows]) for at, heading in enumerate(HEADINGS)
    ]
    with path.open("wb") as file:
        write_tables(file, [Sheet("名录", tuple(columns))], datetime.combine(DAY, clock()))


def bare(path: Path, folder: Path) -> None:
    """The baseline."""
    with sqlite3.connect(folder / "bare.sqlite3") as database, path.open(encoding="utf-8") as file:
        database.execute("PRAGMA journal_mode = WAL")
        names = ", ".join(f"c{at}" for at in range(len(HEADINGS)))
        database.execute(f"CREATE TABLE bare ({names})")
        reader = csv.reader(file)
        next(reader)
        marks = ", ".join("?" * len(HEADINGS))
        database.executemany(f"INSERT INTO bare VALUES ({marks})", reader)


def whole(path: Path, folder: Path) -> None:
    """The import, in two steps as the service takes them."""
    engine = connect(f"sqlite:///{folder / 'roster.sqlite3'}")
    upgrade(engine)
    started = time.perf_counter()
    with Session(engine) as session:
        head = read_head(path, path.name)
        meant = match(head.headings)
        plan = plan_import(session, path, head, meant, "全国", DAY)
        looked = time.perf_counter()
        read = dict(zip(head.headings, meant, strict=True))
        row = take_over(session, plan, Source(path.name, "0" * 64, read), Actor(), good_only=True)
        session.commit()
        written = time.perf_counter()
        print(f"  looked at in {looked - started:.1f} s, written in {written - looked:.1f} s")
        print(f"  added {row.added:,}, bad rows named {len(plan.bad):,}")
    engine.dispose()


def measure(what: str, path: Path, folder: Path, rows: int) -> float:
    """Run one of the two by itself; seconds."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, __file__, what, str(path), str(folder)], check=True
    )  # ourselves
    took = time.perf_counter() - started
    print(f"{what:8} {took:7.2f} s  {rows / took:10,.0f} rows/s", flush=True)
    return took


def main() -> None:
    if sys.argv[1:2] in (["bare"], ["whole"]):
        {"bare": bare, "whole": whole}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
        usage = resource.getrusage(resource.RUSAGE_SELF)
        peak, busy = usage.ru_maxrss / 1024**2, usage.ru_utime + usage.ru_stime
        print(f"  {busy:.1f} s of processor, peak {peak:.2f} GiB")
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    suffix = sys.argv[2] if len(sys.argv) > 2 else "csv"
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / f"roster.{suffix}"
        make_file(path, rows)
        print(f"{rows:,} rows, {path.stat().st_size / 2**20:.0f} MiB")
        took = measure("whole", path, folder, rows)
        if suffix == "csv":
            print(
                f"the import takes {took / measure('bare', path, folder, rows):.1f} × the baseline"
            )


if __name__ == "__main__":
    main()
