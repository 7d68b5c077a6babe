"""How far jobs in work are: kept where jobs wait, apart from the records.

A job may hold the only place to write in the records for a while, and goes on telling meanwhile.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from huey import Huey
from huey.constants import EmptyData

from questionnaires.text import Text

KEY = "how-far-{job_id}"


@dataclass(frozen=True, slots=True)
class HowFar:
    """Steps done, steps in all, and what is being done, where a job has several stages."""

    done: int
    total: int
    doing: Text | None = None


class Board:
    """What jobs in work last said."""

    def __init__(self, queue: Huey) -> None:
        self.queue = queue

    def write(self, job_id: int, far: HowFar) -> None:
        """Say how far a job is."""
        doing = [far.doing.zh, far.doing.en] if far.doing else None
        said = json.dumps([far.done, far.total, doing]).encode()
        self.queue.storage.put_data(KEY.format(job_id=job_id), said)

    def read(self, job_id: int) -> HowFar | None:
        """How far a job is; None where it said nothing or is over."""
        said = self.queue.storage.peek_data(KEY.format(job_id=job_id))
        if said is EmptyData:
            return None
        done, total, doing = json.loads(bytes(said))
        return HowFar(done, total, Text(*doing) if doing else None)

    def wipe(self, job_id: int) -> None:
        """Forget a job that is over."""
        self.queue.storage.pop_data(KEY.format(job_id=job_id))
