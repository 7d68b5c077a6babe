"""What has to be done next, by state: the groups of the worklist, in the order of their urgency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Group:
    """Diagnoses that wait for the same thing; `ours` says that it is the provider's to do."""

    id: str
    title: LazyString
    states: tuple[str, ...]
    ours: bool = True


GROUPS = (
    Group("answer", _l("Answer the firm's objections"), ("objected",)),
    Group("mend", _l("Mend the returned report"), ("returned",)),
    Group("take", _l("Take on or hand back"), ("assigned",)),
    Group("arrange", _l("Arrange the visit"), ("accepted",)),
    Group("visit", _l("Visit the firm"), ("scheduled", "on_site")),
    Group("write", _l("Write the report"), ("visited", "drafting")),
    Group("check", _l("Check the report inside"), ("internal_check",)),
    Group("wait", _l("Waiting for others"), ("with_firm", "in_review", "declined"), ours=False),
    Group("done", _l("Accepted within the last 30 days"), ("done",), ours=False),
)
OPEN_STATES = tuple(state for group in GROUPS if group.id != "done" for state in group.states)

GROUP_OF: Mapping[str, Group] = {state: group for group in GROUPS for state in group.states}
RANK: Mapping[str, int] = {state: GROUPS.index(group) for state, group in GROUP_OF.items()}
