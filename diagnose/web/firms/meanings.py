"""What each state of a diagnosis means to the firm, and whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

YOU = _l("you")
PROVIDER = _l("the provider")
BUREAU = _l("the bureau")
REVIEWER = _l("the reviewer, then the bureau")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A state in plain words; `turn` is who acts next (None: nobody)."""

    words: LazyString
    turn: LazyString | None


MEANINGS: Mapping[str, Meaning] = {
    "to_assign": Meaning(
        _l("Your firm is to be diagnosed. The bureau chooses a provider."), BUREAU
    ),
    "assigned": Meaning(_l("A provider has been chosen and is to take the task on."), PROVIDER),
    "declined": Meaning(
        _l("The provider handed the task back. The bureau chooses another."), BUREAU
    ),
    "accepted": Meaning(
        _l("The provider has signed a promise of confidentiality and will agree a day with you."),
        PROVIDER,
    ),
    "scheduled": Meaning(
        _l("The day of the visit is agreed. Submit the self-assessment before it."), PROVIDER
    ),
    "on_site": Meaning(
        _l("The consultants are with you. They check answers together with your people."), PROVIDER
    ),
    "visited": Meaning(_l("The visit is done; the report comes next."), PROVIDER),
    "drafting": Meaning(_l("The consultants are writing your report."), PROVIDER),
    "internal_check": Meaning(
        _l("The provider checks the report inside the house before it reaches you."), PROVIDER
    ),
    "with_firm": Meaning(
        _l("Your report is here. Confirm it or object item by item; silence is not consent."), YOU
    ),
    "objected": Meaning(_l("The provider is to answer your objections one by one."), PROVIDER),
    "in_review": Meaning(
        _l("You confirmed the report. An independent reviewer looks at it, then the bureau."),
        REVIEWER,
    ),
    "returned": Meaning(
        _l("The reviewer returned the report to be mended. It will come to you once more."),
        PROVIDER,
    ),
    "done": Meaning(_l("The diagnosis is finished and accepted. What remains is the plan."), None),
    "expired": Meaning(_l("The diagnosis is no longer valid; a new one may be opened."), BUREAU),
    "exempt": Meaning(_l("Your firm need not be diagnosed at present."), None),
}
