"""The rows of each ledger: which function tells them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from sqlmodel import Session

from diagnose.ledgers import (
    benchmarks,
    chains,
    diagnosed,
    projects,
    providers,
    reports,
    rosters,
    tasks,
)
from diagnose.ledgers.censuses import census
from diagnose.ledgers.frames import Frame
from diagnose.records import Account

Gather = Callable[[Session, Account, date], Frame]

GATHER: Mapping[str, Gather] = MappingProxyType(
    {
        "roster": rosters.roster,
        "census": census,
        "diagnoses": diagnosed.diagnoses,
        "visits": diagnosed.visits,
        "reports": reports.reports,
        "findings": reports.findings,
        "projects": projects.projects,
        "months": projects.months,
        "acceptances": projects.acceptances,
        "figures": projects.figures,
        "providers": providers.providers,
        "benchmarks": benchmarks.benchmarks,
        "chains": chains.chains,
        "tasks": tasks.tasks,
        "changes": rosters.changes,
    }
)


def gather(session: Session, ledger: str, account: Account, day: date) -> Frame:
    """The cells of a ledger's columns, by the figure that fills them; of the account's district.

    The number of statements does not depend on how many rows there are.
    """
    return GATHER[ledger](session, account, day)
