"""Clocks in words: how many days are left, or by how many a step is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from diagnose.records.columns import now
from questionnaires.clock import day_of


@dataclass(frozen=True, slots=True)
class Clock:
    """When a state should be left; `days` from today on, negative where that day is past."""

    due: datetime
    days: int
    late: bool

    @property
    def words(self) -> str:
        """The clock as a page says it."""
        if self.days > 0:
            words = ngettext("One day left", "%(num)s days left", self.days)
        elif not self.late:
            words = _("Due today")
        elif not self.days:
            words = _("Overdue since today")
        else:
            words = ngettext("One day overdue", "%(num)s days overdue", -self.days)
        return str(words)


def clock(due: datetime | None) -> Clock | None:
    """The clock of a state, None where it has none."""
    if due is None:
        return None
    moment = now()
    days = (day_of(due) - day_of(moment)).days
    return Clock(due, days, due < moment)
