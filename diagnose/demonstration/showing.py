"""The demonstration: a fictional district through the whole house, in a folder of its own."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import sys
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from subprocess import Popen

from sqlmodel import Session

from diagnose.demonstration.filling import fill
from diagnose.demonstration.people import Cast, SignIn, sign_ins
from diagnose.fictional import district
from diagnose.ledgers.ordering import keep_order
from diagnose.ledgers.reading import ledgers
from diagnose.records import Actor, connect, note, upgrade
from diagnose.running.batch import Order, run
from diagnose.running.console import Teller
from diagnose.running.stopping import SIGNALS
from diagnose.running.summary import summarise
from diagnose.settings import Settings
from diagnose.storage import Store
from diagnose.story import Judge, Until
from models.scoring import load_standard
from questionnaires import load
from questionnaires.sheets import Sheets
from questionnaires.text import Language, Text
from questionnaires.writers import write_sheets

ASKED = "sme-2024"
SYLLABLES = ("yun", "xi", "cheng", "hu", "wang", "chuan", "bai", "zhou", "qing", "lu", "shi", "du")
SYLLABLES_OF_A_PASSWORD = 6
SELF_REPORTS = Text("自评报告", "Reports on self-assessments")
REPORTS = Text("入企诊断报告", "Reports of diagnoses")
PUBLICATIONS = Text("通报与统计数据", "Bulletins and statistics")


@dataclass(frozen=True)
class Demonstration:
    """A district of `firms` fictional firms, drawn by `seed`, diagnosed on `day`."""

    folder: Path
    firms: int
    seed: int
    day: date
    language: Language

    @cached_property
    def sheets(self) -> Sheets:
        """The fictional answer sheets."""
        return district(self.firms, self.seed).sheets

    @cached_property
    def settings(self) -> Settings:
        """Settings of the demonstration's own deployment, apart from any real one."""
        own = (self.folder / "service").absolute()
        database = f"sqlite:///{own / 'diagnose.sqlite3'}"
        settings = Settings(
            instance=own, database_url=database, reports_url="", queue_url="", locale=self.language
        )
        return settings.ready()

    def diagnose(self) -> str:
        """Write the sheets to a file and do the main job on it; the closing words."""
        self.folder.mkdir(parents=True, exist_ok=True)
        answers = self.folder / "sheets.jsonl"
        write_sheets(self.sheets, answers)
        order = Order(
            sheets=answers,
            out=self.folder / "results",
            until=Until.REPORT,
            grouping=None,
            day=self.day,
            language=self.language,
            fictional=True,
        )
        judge = Judge(load(ASKED), [load_standard(ASKED)], seed=self.seed)
        with Teller(self.language) as teller:
            done = run(order, judge, teller.told)
        return summarise(done, order, as_json=False)

    def keep(self) -> tuple[SignIn, ...]:
        """Put the district and everybody's work into a deployment, in place of an earlier one.

        How to sign in as whom.
        """
        self._clear()
        engine = connect(self.settings.database_url)
        upgrade(engine)
        password = "-".join(secrets.choice(SYLLABLES) for _ in range(SYLLABLES_OF_A_PASSWORD))
        with Session(engine, expire_on_commit=False) as session, Teller(self.language) as teller:
            cast, table = fill(
                session,
                Store(self.settings.reports_url),
                self.sheets,
                password=password,
                day=self.day,
                seed=self.seed,
                told=teller.told,
            )
            self._order_ledger(session, cast)
            found = sign_ins(cast, table.ends, password)
        engine.dispose()
        return found

    def _order_ledger(self, session: Session, cast: Cast) -> None:
        """Let the bureau have its own columns in one of its ledgers."""
        ledger, officer = ledgers()["roster"], cast.officer
        content = files("diagnose.fictional").joinpath("ledger.yaml").read_bytes()
        keep_order(self.settings.instance, officer.district, ledger, content)
        note(session, Actor(officer.id), "ledger.columns", f"ledger:{ledger.id}")
        session.commit()

    def _clear(self) -> None:
        """Take an earlier demonstration away: its people would stand in the way of the new ones."""
        for file in self.settings.instance.glob("*.sqlite3*"):
            file.unlink()
        shutil.rmtree(self.settings.reports_url, ignore_errors=True)

    def papers(self) -> tuple[tuple[Text, Path], ...]:
        """The folders of PDFs, each with what it holds."""
        store = Path(self.settings.reports_url)
        return (
            (SELF_REPORTS, self.folder / "results" / "reports"),
            (REPORTS, store / "reports"),
            (PUBLICATIONS, store / "publications"),
        )

    def serve(self, port: int) -> int:
        """Serve the pages until stopped; the exit code.

        In a process of its own: the service forks, which a process with workers must not.
        """
        own = {
            "DIAGNOSE_INSTANCE": str(self.settings.instance),
            "DIAGNOSE_DATABASE_URL": self.settings.database_url,
            "DIAGNOSE_LOCALE": self.language,
        }
        command = [sys.executable, "-m", "diagnose", "serve", "--port", str(port)]
        with Popen(command, env=os.environ | own) as service:  # noqa: S603  # our own command
            for number in SIGNALS:
                signal.signal(number, lambda *_: service.terminate())
            return service.wait()
