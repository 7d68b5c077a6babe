"""Long work beside the pages: started by a page, done by the worker, its result kept a while."""

from diagnose.jobs.desk import Desk, open_desk, start
from diagnose.jobs.works import WORKS, Context, Work, WorkFailed, work

__all__ = ["WORKS", "Context", "Desk", "Work", "WorkFailed", "open_desk", "start", "work"]
