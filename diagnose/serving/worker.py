"""The worker: takes jobs from the queue one after the other, and keeps up once a day."""

from __future__ import annotations

import logging
import os
import time
from datetime import timedelta

from huey.consumer import Consumer

from diagnose import logs
from diagnose.jobs import Desk
from diagnose.jobs.doing import recover
from diagnose.records.columns import now
from diagnose.running.folder_lock import FolderBusy, held
from diagnose.serving.parents import end_with_parent
from diagnose.settings import Settings
from diagnose.web import create_app

LOOK_EVERY = 1.0  # seconds between two looks into the queue, at most
GRACE = 20.0  # seconds for the job in work to come to its next word of progress
LONGEST = timedelta(hours=6)  # a job of one of several workers that runs longer was cut off

LOG = logging.getLogger(__name__)


class _Consumer(Consumer):  # type: ignore[misc]  # Huey brings no types
    """Huey's, which also asks the job in work to stop."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk.queue, max_delay=LOOK_EVERY, graceful_signal="TERM", shutdown_timeout=GRACE
        )
        self.desk = desk

    def stop(self, graceful: bool = False) -> None:
        self.desk.stopping.set()
        super().stop(graceful)


def do_jobs(settings: Settings) -> None:
    """Work until stopped; where the queue is a file, one worker at a time does."""
    logs.set_up(settings)
    end_with_parent()
    desk: Desk = create_app(settings).extensions["desk"]
    if desk.shared:
        recover(desk.engine, now() - LONGEST)
        _work(desk)
        return
    while True:
        try:
            with held(settings.instance):
                for job_id in recover(desk.engine, now()):
                    desk.hand_in(job_id)
                _work(desk)
                return
        except FolderBusy:
            time.sleep(LOOK_EVERY)


def _work(desk: Desk) -> None:
    LOG.info("the worker begins", extra={logs.EVENT: {"process": os.getpid()}})
    desk.hand_in_upkeep()
    _Consumer(desk).run()
