"""The frozen model by which a district's firms are grouped."""

from __future__ import annotations

from pathlib import Path

from flask import current_app
from sqlmodel import Session

from diagnose.analysis.reading import Assessed
from diagnose.reading import judge
from diagnose.running.groups_file import read_groups
from diagnose.web.results.pool import find_pool
from models.peers import Grouping
from models.peers.exchange import OTHER_FEATURES, GroupsInvalid

IMPORTED = "groups.json"
"""A model fitted on a larger pool, in the folder of the deployment."""


def model_of(session: Session, held: Assessed) -> Grouping:
    """The imported model where there is one, otherwise the one of the firms kept here."""
    imported = Path(current_app.instance_path) / IMPORTED
    if imported.is_file():
        return _imported(imported)
    fictional = bool(held.fictional.any())
    return find_pool(session, fictional=fictional).grouping


def _imported(path: Path) -> Grouping:
    """The model of a file; one that cannot be used says why, instead of groups."""
    features = judge().feature_ids
    try:
        found = read_groups(path)
    except GroupsInvalid as invalid:
        return Grouping(False, invalid.message, features)
    return found if found.feature_ids == features else Grouping(False, OTHER_FEATURES, features)
