"""What a dossier is built from: all that was found about a batch of firms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.firms import FirmProfiles
from models.peers.results import Membership, Quality, Standing
from models.roadmap.results import Roadmap
from models.scoring.results import Scores, Traits
from questionnaires.sheets import Sheets
from reports.dossier.visited import Visited


@dataclass(frozen=True)
class Batch:
    """The findings on n firms, row by row; what is None was not looked into.

    `scores`, `traits`, `quality`, `membership`, `standing` and `roadmaps` are those of `sheets`,
    in its order. `visited` is what consultants add, where a single firm's report is told.
    """

    sheets: Sheets
    profiles: FirmProfiles
    scores: Scores
    traits: Traits | None = None
    quality: Quality | None = None
    membership: Membership | None = None
    standing: Standing | None = None
    roadmaps: Sequence[Roadmap] | None = None
    visited: Visited | None = None
