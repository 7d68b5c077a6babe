"""How an answer flows: the one story that pages, commands, jobs and the batch all tell.

answer sheets → scores → peers → roadmaps → dossiers, each a room of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from models.firms import profile_firms
from models.peers import Grouping, PeerGroups, flag_quality, rank
from models.roadmap import Catalogue, Planner, load_catalogue
from models.roadmap.results import Roadmap
from models.scoring import Scorer
from models.scoring.results import Scores
from models.standard import Standard
from questionnaires.model import Questionnaire
from questionnaires.sheets import Sheets
from reports.dossier import Dossier
from reports.dossier.batch import Batch
from reports.dossier.builder import DossierBuilder

AT_ONCE = 1024  # firms planned between two words of progress


class Until(StrEnum):
    """How far the story goes."""

    SCORE = "score"
    PEERS = "peers"
    ROADMAP = "roadmap"
    REPORT = "report"

    def reaches(self, stage: Until) -> bool:
        """Whether the story gets to `stage`."""
        stages = list(Until)
        return stages.index(self) >= stages.index(stage)


@dataclass(frozen=True)
class Diagnosis:
    """All that was found about n firms, as far as the story went.

    `batch` holds the findings by the leading standard, `others` the scores by further ones;
    `grouping` is None where peers were not looked for.
    """

    batch: Batch
    others: tuple[Scores, ...] = ()
    grouping: Grouping | None = None

    @property
    def sheets(self) -> Sheets:
        """The answer sheets that were judged."""
        return self.batch.sheets

    @property
    def scores(self) -> tuple[Scores, ...]:
        """Scores by every standard, the leading one first."""
        return (self.batch.scores, *self.others)


Told = Callable[[Until, int, int], None]
"""Called with a stage, how many firms are done, and of how many."""


class Judge:
    """A questionnaire and the standards that read it, compiled once for any number of firms."""

    def __init__(
        self, questionnaire: Questionnaire, standards: Sequence[Standard], *, seed: int = 0
    ) -> None:
        self.questionnaire = questionnaire
        self.scorers = tuple(Scorer(standard, questionnaire) for standard in standards)
        self.seed = seed

    @property
    def scorer(self) -> Scorer:
        """The leading standard's scorer."""
        return self.scorers[0]

    @cached_property
    def catalogue(self) -> Catalogue:
        """The retrofit project types that plans are made of."""
        return load_catalogue()

    @cached_property
    def planner(self) -> Planner:
        """Plans roadmaps by the leading standard."""
        return Planner(self.scorer, self.catalogue)

    def diagnose(
        self,
        sheets: Sheets,
        until: Until = Until.REPORT,
        *,
        grouping: Grouping | None = None,
        told: Told = lambda _stage, _done, _of: None,
    ) -> Diagnosis:
        """Tell the story of `sheets` from top to bottom, as far as `until`.

        `grouping` assigns the firms to groups fitted elsewhere instead of fitting here.
        """
        leading, *others = (scorer.score(sheets) for scorer in self.scorers)
        batch = Batch(sheets=sheets, profiles=profile_firms(sheets.firms), scores=leading)
        told(Until.SCORE, len(sheets), len(sheets))
        if until.reaches(Until.PEERS):
            batch, grouping = self.place(batch, grouping)
            told(Until.PEERS, len(sheets), len(sheets))
        if until.reaches(Until.ROADMAP):
            batch = replace(batch, roadmaps=self.plan(sheets, told))
        return Diagnosis(batch, tuple(others), grouping)

    def place(self, batch: Batch, grouping: Grouping | None = None) -> tuple[Batch, Grouping]:
        """Find each firm's peers and its standing among them; fit groups where none are given."""
        traits = self.scorer.traits(batch.sheets)
        quality = flag_quality(traits)
        if grouping is None:
            grouping = self._groups().fit(traits, quality)
        membership = grouping.assign(traits, quality)
        standing = rank(batch.scores, membership, batch.profiles)
        placed = replace(
            batch, traits=traits, quality=quality, membership=membership, standing=standing
        )
        return placed, grouping

    def fit_groups(self, sheets: Sheets, previous: Grouping | None = None) -> Grouping:
        """The groups among the firms of `sheets`; those known from `previous` keep their names."""
        traits = self.scorer.traits(sheets)
        return self._groups().fit(traits, flag_quality(traits), previous)

    @property
    def feature_ids(self) -> tuple[str, ...]:
        """What groups are told apart by."""
        return tuple(feature.id for feature in self.scorer.standard.features)

    def _groups(self) -> PeerGroups:
        titles = {feature.id: feature.title for feature in self.scorer.standard.features}
        return PeerGroups(titles=titles, random_state=self.seed)

    def plan(self, sheets: Sheets, told: Told) -> tuple[Roadmap, ...]:
        """Plan every firm's roadmap: exactly for one firm, by the bounded heuristic for many."""
        if len(sheets) == 1:
            return (self.planner.plan(sheets, 0),)
        roadmaps: list[Roadmap] = []
        for at in range(0, len(sheets), AT_ONCE):
            rows = range(at, min(at + AT_ONCE, len(sheets)))
            roadmaps += self.planner.plan_many(sheets.take([*rows]))
            told(Until.ROADMAP, len(roadmaps), len(sheets))
        return tuple(roadmaps)

    def dossiers(
        self, found: Diagnosis, day: date, *, fictional: bool = False
    ) -> Iterator[Dossier]:
        """Every firm's dossier in turn, for reports that bear the date `day`."""
        catalogue = self.catalogue if found.batch.roadmaps is not None else None
        builder = DossierBuilder(self.scorer, catalogue, found.grouping, fictional=fictional)
        for row in range(len(found.sheets)):
            yield builder.build(found.batch, row, day)
