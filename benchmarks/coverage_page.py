"""The page of coverage on 530,000 firms with three years of events: milliseconds, and a ratio.

python benchmarks/coverage_page.py [FIRMS]

Baseline: one plain SQL count of covered firms with the same joins (spell of the day, valid report),
in the same run on the same database. “Cold” is the first page of a fresh process, its imports and
the start of the service not counted.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sqlalchemy import event
from sqlmodel import Session

from diagnose.records import Account, Kind, connect, upgrade
from diagnose.records.columns import now
from diagnose.settings import Settings
from diagnose.web import create_app

FIRMS = 530_000
SMALL = 600
WARM = 40
BLANK = ("", "", "", "")  # contact, phone, park, chain
DISTRICT = "江岸区"
END = date(2026, 11, 20).toordinal()
START = END - 3 * 365
WAY = ("to_assign", "assigned", "accepted", "scheduled", "on_site", "visited", "drafting")
ENDING = ("internal_check", "with_firm", "in_review", "done")
COUNT = """
SELECT count(*) FROM spell WHERE district = ? AND since <= ? AND (until IS NULL OR until > ?)
AND listing = 0 AND ground = 0 AND firm_id IN (SELECT firm_id FROM stay WHERE state = 'done'
AND since <= ? AND (until IS NULL OR until > ?) AND (valid_until IS NULL OR valid_until >= ?))
"""


def build(path: Path, firms: int) -> None:
    """A district with 1.6 spells and about 7 stays a firm, 3 of 5 firms diagnosed."""
    engine = connect(f"sqlite:///{path}")
    upgrade(engine)
    with Session(engine) as session:
        held = {"name": "某人", "district": DISTRICT, "password_hash": "none", "stamp": "s"}
        officer = {"kind": Kind.OFFICER, "username": "officer"}
        session.add(Account.model_validate(held | officer))
        session.commit()
    engine.dispose()
    rng = np.random.default_rng(0)
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA synchronous = OFF")
        _fill(database, "tag", "id, district, kind, name", _tags())
        _fill(database, "provider", "id, code, name, specialities, load, fictional, created_at", (
            (n, f"P{n}", f"机构{n}", "[]", 100, 1, "2023-01-01") for n in range(1, 13)
        ))  # fmt: skip
        _fill(
            database,
            "firm",
            "id, uscc, name, industry, region, district, on_roster, contact, phone, park, chain, "
            "honours, grid, remark, fictional, created_at",
            (
                (
                    n,
                    f"91420102{n:010d}",
                    f"企业{n}",
                    "3484",
                    "",
                    DISTRICT,
                    1,
                    *BLANK,
                    0,
                    "",
                    "",
                    1,
                    "2023-01-01",
                )
                for n in range(1, firms + 1)
            ),
        )
        _fill(
            database,
            "spell",
            "firm_id, district, since, until, listing, ground, stopped, entered, street_id, "
            "park_id, chain_id, division, size, honours",
            _spells(firms, rng),
        )
        campaign = "1, ?, '首批', 'q', '1', ?, ?, ?, 100, '[]', 'open', 'v1', '', '', ?, 0, ?"
        database.execute(
            "INSERT INTO campaign (id, district, name, questionnaire, questionnaire_version, "
            "base_on, opens_on, due_on, target, standards, stage, list_version, signed_bureau, "
            f"signed_statistics, frozen_at, edition, created_at) VALUES ({campaign})",
            (DISTRICT, END - 320, END - 300, END + 60, "2026-01-01", "2026-01-01"),
        )
        listed = ((1, n, n % 20 + 1, 0) for n in range(1, firms + 1))
        _fill(database, "campaignfirm", "campaign_id, firm_id, street_id, ground", listed)
        _fill_diagnoses(database, firms, rng)
    database.close()


def _tags() -> Iterator[tuple[object, ...]]:
    kinds = ("street",) * 20 + ("park",) * 10 + ("chain",) * 10
    return ((n, DISTRICT, kind, f"{kind}{n}") for n, kind in enumerate(kinds, 1))


def _spells(firms: int, rng: np.random.Generator) -> Iterator[tuple[object, ...]]:
    more, cuts = rng.random(firms) < 0.6, rng.integers(1, 1000, firms)
    fate = rng.random(firms)
    for n in range(1, firms + 1):
        facts = (START, n % 20 + 1, 21 + n % 10 if n % 3 else None, 31 + n % 10 if n % 4 else None)
        facts += (13 + n % 30, n % 4, n % 32)
        until = START + int(cuts[n - 1]) if more[n - 1] else None
        yield (n, DISTRICT, START, until, 0, 0, 0, *facts)
        if until is not None:
            gone = fate[n - 1]
            listing, ground = (1 if gone < 0.1 else 2 if gone < 0.15 else 0), int(gone > 0.95)
            yield (n, DISTRICT, until, None, listing, ground, 0, *facts)


def _fill_diagnoses(database: sqlite3.Connection, firms: int, rng: np.random.Generator) -> None:
    begun, steps = rng.integers(0, 900, firms), rng.integers(1, 20, (firms, 11))
    diagnoses: list[tuple[object, ...]] = []
    stays: list[tuple[object, ...]] = []
    for n in range(1, firms + 1):
        way = (*WAY, *ENDING) if n % 5 < 3 else WAY[: n % 7]
        day = START + int(begun[n - 1])
        for at, state in enumerate(way):
            after = None if at == len(way) - 1 else day + int(steps[n - 1, at])
            valid = day + 1095 if state == "done" else None
            stays.append((n, n, n % 12 + 1, state, day, after, valid))
            day = after or day
        if way:
            accepted = date.fromordinal(day).isoformat() if way[-1] == "done" else None
            diagnoses.append((n, f"ZD{n}", n, n % 12 + 1, way[-1], accepted))
    named = "id, number, firm_id, provider_id, state, accepted_on"
    rest = "state_since, opened_at, package, rounds, edition"
    filled = ((*row, "2024-01-01", "2024-01-01", "", 0, 0) for row in diagnoses)
    _fill(database, "diagnosis", f"{named}, {rest}", filled)
    columns = "diagnosis_id, firm_id, provider_id, state, since, until, valid_until"
    _fill(database, "stay", columns, stays)


def _fill(database: sqlite3.Connection, table: str, columns: str, rows: object) -> None:
    marks = ", ".join("?" for _column in columns.split(","))
    database.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # type: ignore[arg-type]  # any iterable of rows  # our own names


class Service:
    """The real app on a database, with an officer signed in."""

    def __init__(self, path: Path) -> None:
        settings = Settings(
            instance=path.parent / "instance",
            database_url=f"sqlite:///{path}",
            queue_url="immediate://",
        ).ready()
        self.app = create_app(settings)
        self.client = self.app.test_client()
        self.statements = 0
        event.listen(self.app.extensions["database"], "before_cursor_execute", self._count)
        with self.client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = "1:s", True
            session["since"] = session["seen"] = int(now().timestamp())

    def page(self, address: str) -> float:
        """Seconds that a page takes."""
        begun = time.perf_counter()
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)  # found
        return time.perf_counter() - begun

    def _count(self, *_said: object) -> None:
        self.statements += 1


def address(ago: int = 0) -> str:
    """The page for a day so many days before the end of the events."""
    return f"/coverage/?on={date.fromordinal(END - ago).isoformat()}"


def cold(path: Path) -> float:
    """Seconds of the first page in a fresh process."""
    found = subprocess.run(
        [sys.executable, __file__, "cold", str(path)], check=True, capture_output=True, text=True
    )
    return float(found.stdout.split()[-1])


def timed(run: Callable[[], object], times: int) -> float:
    """The least seconds of several runs."""
    found = []
    for _time in range(times):
        begun = time.perf_counter()
        run()
        found.append(time.perf_counter() - begun)
    return min(found)


def main() -> None:
    firms = int(sys.argv[1]) if len(sys.argv) > 1 else FIRMS
    with TemporaryDirectory() as folder:
        counts = {}
        for many in (SMALL, firms):
            path = Path(folder) / str(many) / "held.sqlite3"
            path.parent.mkdir()
            begun = time.perf_counter()
            build(path, many)
            print(f"{many:,} firms built in {time.perf_counter() - begun:.0f} s", flush=True)
            service = Service(path)
            service.page(address())
            service.statements = 0
            service.page(address())
            counts[many] = service.statements
        days = (END,) * 5
        with sqlite3.connect(path) as database:
            plain = timed(lambda: database.execute(COUNT, (DISTRICT, *days)).fetchone(), 3)
        warm = np.array([service.page(address()) for _time in range(WARM)])
        past = max(service.page(address(ago)) for ago in (30, 365, 800))
        lists = max(service.page(f"/coverage/firms?figure={name}") for name in ("due", "open"))
        first = max(cold(path) for _time in range(3))
    for what, seconds in (
        ("plain SQL count (baseline)", plain),
        ("cold, slowest of 3 processes", first),
        ("warm, 95th percentile", float(np.quantile(warm, 0.95))),
        ("any past day, slowest of 3", past),
        ("list behind a number", lists),
    ):
        print(f"{what:32} {seconds * 1000:8.0f} ms   {seconds / plain:6.2f} × baseline")
    print(f"statements of a warm page: {counts}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["cold"]:
        print(Service(Path(sys.argv[2])).page(address()))
    else:
        main()
