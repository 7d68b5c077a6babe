"""The main navigation: what whoever asks may go to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, current_app, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from diagnose.access import Capability
from diagnose.web.access import may, me


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: the page it opens, the areas and pages where it is marked as current."""

    endpoint: str
    label: LazyString
    capability: Capability
    areas: tuple[str, ...]
    pages: tuple[str, ...] = ()


PLACES = (
    Place("firms.home", _l("Home"), Capability.FILL, ("firms",)),
    Place(
        "assessments.mine",
        _l("Self-assessment"),
        Capability.FILL,
        ("assessments", "offline", "attachments"),
    ),
    Place("results.latest", _l("Result"), Capability.RESULT, ("results", "confirmations")),
    Place("plans.show", _l("Project plan"), Capability.DECIDE, ("plans",)),
    Place("disclosure.show", _l("Who saw my data"), Capability.OWN_LOG, ("disclosure",)),
    Place(
        "worklist.show",
        _l("Worklist"),
        Capability.WORK,
        ("worklist", "visits", "verification", "findings", "projects", "issuing"),
    ),
    Place("reviews.queue", _l("Reviews"), Capability.REVIEW, ("reviews",)),
    Place("coverage.show", _l("Coverage"), Capability.COVERAGE, ("coverage",)),
    Place("roster.browse", _l("Roster"), Capability.ROSTER, ("roster",)),
    Place("diagnoses.browse", _l("Diagnoses"), Capability.ASSIGN, ("diagnoses",)),
    Place(
        "administration.accounts",
        _l("Accounts"),
        Capability.MANAGE,
        (),
        (
            "administration.new_account",
            "administration.account",
            "administration.change_account",
        ),
    ),
    Place(
        "administration.providers",
        _l("Providers"),
        Capability.MANAGE,
        (),
        (
            "administration.new_provider",
            "administration.provider",
            "administration.add_interest",
        ),
    ),
    Place("administration.log", _l("Audit log"), Capability.LOG, (), ("administration.check_log",)),
)

HOMES: Mapping[str, str] = {
    "firm": "firms.home",
    "consultant": "worklist.show",
    "reviewer": "reviews.queue",
    "officer": "coverage.show",
    "administrator": "administration.accounts",
}


def home() -> str:
    """The endpoint of the page on which whoever is signed in begins."""
    return HOMES[me().kind]


def navigate(app: Flask) -> None:
    """Give every template its `places` and `visitor` (None where nobody is signed in)."""

    @app.context_processor
    def offer() -> dict[str, object]:
        found = [
            (place, _is_current(place))
            for place in PLACES
            if place.endpoint in current_app.view_functions and may(place.capability)
        ]
        visitor = me() if current_user.is_authenticated else None
        return {"places": found, "visitor": visitor, "may": may}


def _is_current(place: Place) -> bool:
    return request.endpoint in {place.endpoint, *place.pages} or request.blueprint in place.areas
