"""What is due by itself: reports past their validity, old results, the seals of the log."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from diagnose.records import Actor, Diagnosis, Job
from diagnose.records.chain import check_chain
from diagnose.records.columns import now
from diagnose.roster.keeping import AT_ONCE, come_due, refold
from diagnose.storage import Store
from diagnose.workflow import MoveRefused, Wanted, follow_roster, move
from questionnaires.clock import today

RESULTS_KEPT = timedelta(hours=24)  # letters hold codes, and all can be made again
FORMS_KEPT = timedelta(days=7)
FORMS = "offline"  # the folder of the store that holds them
IMPORTS_KEPT = timedelta(days=2)
IMPORTS = "imports"  # likewise: files of the roster that are looked at, and their wrong rows
VALIDITY_OVER = "validity over"
LOG = logging.getLogger(__name__)

Due = Callable[[Session, Store], object]


def keep_up(engine: Engine, store: Store) -> None:
    """Do all that is due once a day."""
    _do(
        engine,
        store,
        (refresh_rosters, expire_reports, clear_results, clear_forms, clear_imports, check_log),
    )


def clear(engine: Engine, store: Store) -> None:
    """Do what is due every hour."""
    _do(engine, store, (clear_results,))


def _do(engine: Engine, store: Store, all_due: Iterable[Due]) -> None:
    """Do each; what fails is logged and does not keep the rest from being done."""
    for due in all_due:
        try:
            with Session(engine) as session:
                due(session, store)
        except Exception:
            LOG.exception("%s failed", due.__name__)


def refresh_rosters(session: Session, _store: Store) -> int:
    """Bring firms in step to whom something recorded earlier happens by today; how many."""
    found = 0
    for district, firm_ids in come_due(session, today()).items():
        refold(session, district, firm_ids, today())
        for start in range(0, len(firm_ids), AT_ONCE):
            follow_roster(session, firm_ids[start : start + AT_ONCE], today(), Actor())
        session.commit()
        found += len(firm_ids)
    LOG.info("%s firms brought in step with their roster", found)
    return found


def expire_reports(session: Session, _store: Store) -> int:
    """Move every report past its validity to “expired”; how many there were."""
    over = session.exec(
        select(Diagnosis).where(Diagnosis.state == "done", col(Diagnosis.valid_until) < today())
    ).all()
    moved = 0
    for diagnosis in over:
        try:
            move(session, diagnosis, Wanted("expire", reason=VALIDITY_OVER), None, Actor())
        except MoveRefused:
            session.rollback()
            continue
        session.commit()
        moved += 1
    LOG.info("%s reports expired", moved)
    return moved


def clear_results(session: Session, store: Store) -> int:
    """Delete jobs that ended a while ago, with their results; how many there were."""
    old = session.exec(select(Job).where(col(Job.ended_at) < now() - RESULTS_KEPT)).all()
    for job in old:
        if job.key:
            store.remove(job.key)
        session.delete(job)
        session.commit()
    LOG.info("%s old jobs cleared", len(old))
    return len(old)


def clear_forms(_session: Session, store: Store) -> int:
    """Delete what offline forms said that nobody took over; how many days' worth."""
    days = store.clear(FORMS, (now() - FORMS_KEPT).date())
    LOG.info("offline forms of %s days cleared", days)
    return days


def clear_imports(_session: Session, store: Store) -> int:
    """Delete roster files that were uploaded and not taken over; how many days' worth."""
    days = store.clear(IMPORTS, (now() - IMPORTS_KEPT).date())
    LOG.info("roster files of %s days cleared", days)
    return days


def check_log(session: Session, _store: Store) -> None:
    """Say in the service's log whether every row of the audit log is there and as it was sealed."""
    chain = check_chain(session)
    if chain.whole:
        LOG.info("the audit log is whole: %s rows", chain.rows)
    else:
        LOG.error("the audit log is broken at row %s", chain.broken_at)
