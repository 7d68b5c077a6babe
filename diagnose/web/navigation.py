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
    """One entry: the page it opens, the areas and pages where it is marked as current.

    Places of one `room` share an entry of the first row and are listed in the second.
    """

    endpoint: str
    label: LazyString
    capability: Capability
    areas: tuple[str, ...]
    pages: tuple[str, ...] = ()
    room: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """An entry of the first row, with the places behind it that whoever asks may go to."""

    label: LazyString
    places: tuple[tuple[Place, bool], ...]

    @property
    def endpoint(self) -> str:
        """The page it opens."""
        return self.places[0][0].endpoint

    @property
    def current(self) -> bool:
        """Whether this page is one of its places."""
        return any(current for _place, current in self.places)


ROOMS: Mapping[str, LazyString] = {
    "plan": _l("Projects"),
    "coverage": _l("Coverage"),
    "roster": _l("Roster"),
    "diagnoses": _l("Diagnoses"),
    "projects": _l("Projects"),
    "ledgers": _l("Ledgers"),
}

PLACES = (
    Place("firms.home", _l("Home"), Capability.FILL, ("firms",)),
    Place(
        "assessments.mine",
        _l("Self-assessment"),
        Capability.FILL,
        ("assessments", "offline", "attachments"),
    ),
    Place("census.show", _l("Needs"), Capability.CENSUS, ("census",)),
    Place("results.latest", _l("Result"), Capability.RESULT, ("results", "confirmations")),
    Place("plans.show", _l("Project plan"), Capability.DECIDE, ("plans",), room="plan"),
    Place("retrofits.index", _l("Our projects"), Capability.RETROFIT, ("retrofits",), room="plan"),
    Place("chains.mine", _l("Supply chain"), Capability.SUPPLY, ("chains",), room="plan"),
    Place(
        "benchmarks.mine",
        _l("Benchmark projects"),
        Capability.RETROFIT,
        ("benchmarks",),
        room="plan",
    ),
    Place("disclosure.show", _l("Who saw my data"), Capability.OWN_LOG, ("disclosure",)),
    Place(
        "worklist.show",
        _l("Worklist"),
        Capability.WORK,
        ("worklist", "visits", "verification", "findings", "projects", "issuing"),
    ),
    Place("reviews.queue", _l("Reviews"), Capability.REVIEW, ("reviews",)),
    Place("coverage.show", _l("Coverage"), Capability.COVERAGE, ("coverage",), room="coverage"),
    Place("analysis.show", _l("Analysis"), Capability.ANALYSE, ("analysis",), room="coverage"),
    Place("roster.browse", _l("Roster"), Capability.ROSTER, ("roster",), room="roster"),
    Place("changes.index", _l("Changes"), Capability.ROSTER, ("changes",), room="roster"),
    Place("imports.index", _l("Imports"), Capability.ROSTER_CHANGE, ("imports",), room="roster"),
    Place("diagnoses.browse", _l("Diagnoses"), Capability.ASSIGN, ("diagnoses",), room="diagnoses"),
    Place(
        "campaigns.index", _l("Campaigns"), Capability.CAMPAIGNS, ("campaigns",), room="diagnoses"
    ),
    Place("pool.index", _l("Project pool"), Capability.POOL, ("pool",), room="projects"),
    Place("needs.index", _l("Needs"), Capability.NEEDS, ("needs",), room="projects"),
    Place("subsidies.index", _l("Grants"), Capability.SUBSIDISE, ("subsidies",), room="projects"),
    Place(
        "benchmarks.index",
        _l("Benchmark projects"),
        Capability.BENCHMARKS,
        ("benchmarks",),
        room="projects",
    ),
    Place("chains.index", _l("Chain leaders"), Capability.CHAINS, ("chains",), room="projects"),
    Place("tasks.index", _l("Tasks"), Capability.TASKS, ("tasks",)),
    Place("ledgers.index", _l("Ledgers"), Capability.LEDGERS, ("ledgers",), room="ledgers"),
    Place("bulletins.index", _l("Bulletins"), Capability.PUBLISH, ("bulletins",), room="ledgers"),
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
    """Give every template its `navigation` and `visitor` (None where nobody is signed in)."""

    @app.context_processor
    def offer() -> dict[str, object]:
        visitor = me() if current_user.is_authenticated else None
        return {"navigation": _rooms(), "visitor": visitor, "may": may}


def _rooms() -> list[Room]:
    """What whoever asks may go to, the places of one room together."""
    found: dict[str, list[tuple[Place, bool]]] = {}
    for place in PLACES:
        if place.endpoint in current_app.view_functions and may(place.capability):
            found.setdefault(place.room or place.endpoint, []).append((place, _is_current(place)))
    return [
        Room(ROOMS[name] if len(places) > 1 else places[0][0].label, tuple(places))
        for name, places in found.items()
    ]


def _is_current(place: Place) -> bool:
    return request.endpoint in {place.endpoint, *place.pages} or (
        request.blueprint in place.areas and not _is_anothers_page(place)
    )


def _is_anothers_page(place: Place) -> bool:
    """Whether an area that several places share is open at the page of another of them."""
    return any(request.endpoint == other.endpoint for other in PLACES if other is not place)
