"""What is written about benchmark projects of the officer's own district."""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import Session, select
from werkzeug.exceptions import NotFound

from diagnose.access import visible
from diagnose.benchmarks.choosing import MEANWHILE, ChoiceRefused
from diagnose.benchmarks.copying import add_copy
from diagnose.records import Benchmark, Firm, Project
from diagnose.web.access import LARGEST_ID, actor, find, me
from diagnose.web.database import records
from questionnaires.normal import whole_number
from questionnaires.text import Text

NO_FIRM = Text("本区名录中没有这个代码的企业。", "No firm of your district has this code.")
NO_PROJECT = Text("没有这个编号的项目。", "There is no project of this number.")


def find_benchmark(number: int) -> Benchmark:
    """A benchmark project of the officer's own district; a look at another's is logged."""
    found = records().get(Benchmark, number) if number <= LARGEST_ID else None
    if found is None:
        raise NotFound
    find(Firm, found.firm_id)
    return found


def find_project(number: int) -> Project:
    """A project of a firm of the officer's own district."""
    found = records().get(Project, number) if number <= LARGEST_ID else None
    if found is None:
        raise NotFound
    find(Firm, found.firm_id)
    return found


def take_step(
    session: Session, benchmark: Benchmark, edition: int, act: Callable[[], None]
) -> None:
    """Take a step on the edition that the page showed and commit, or raise `ChoiceRefused`."""
    if benchmark.edition != edition:
        raise ChoiceRefused(MEANWHILE)
    try:
        act()
    except ChoiceRefused:
        session.rollback()
        raise
    session.commit()


def register_copy(
    session: Session, benchmark: Benchmark, uscc: str, project: str, told: str
) -> None:
    """Register a copy by the firm's code and commit, or raise `ChoiceRefused`."""
    wanted = select(Firm).where(Firm.uscc == uscc.upper(), visible(me(), Firm))
    firm = session.exec(wanted).first()
    if firm is None:
        raise ChoiceRefused(NO_FIRM)
    own = None
    if project:
        own = session.get(Project, whole_number(project) or 0)
        if own is None or own.firm_id != firm.id:
            raise ChoiceRefused(NO_PROJECT)
    add_copy(session, benchmark, firm, own, told, actor())
    session.commit()
