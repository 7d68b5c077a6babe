"""Streets of a campaign beside the line they should be on by now."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from diagnose.campaigns.lights import Light
from diagnose.campaigns.progress import Street, street_table
from diagnose.coverage import Coverage
from diagnose.web.coverage.choosing import Chosen

ORDER = (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY)


def units(session: Session, chosen: Chosen, found: Coverage) -> Sequence[Street]:
    """The streets of the chosen campaign, those that lag most first."""
    if chosen.campaign is None or found.assessed is None:
        return ()
    held = street_table(session, chosen.campaign, found)
    return sorted(held, key=lambda street: (ORDER.index(street.light), street.share or 0))
