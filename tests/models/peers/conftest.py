from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from diagnose.fictional import District, district
from models.firms import FirmProfiles, profile_firms
from models.peers import Grouping, Membership, PeerGroups, Quality, flag_quality
from models.scoring import Scorer, load_standard
from models.scoring.results import Scores, Traits

STANDARD = load_standard("sme-2024")
TITLES = {feature.id: feature.title for feature in STANDARD.features}


@dataclass(frozen=True)
class Pool:
    """A fictional district as the peers room sees it."""

    district: District
    traits: Traits
    quality: Quality
    scores: Scores
    profiles: FirmProfiles

    def fit(self, **settings: object) -> Grouping:
        return PeerGroups(titles=TITLES, **settings).fit(self.traits, self.quality)


@cache
def make_pool(firms: int, seed: int = 0, **wishes: object) -> Pool:
    drawn = district(firms, seed, **wishes)
    scorer = Scorer(STANDARD, drawn.sheets.questionnaire)
    traits = scorer.traits(drawn.sheets)
    return Pool(
        drawn,
        traits,
        flag_quality(traits),
        scorer.score(drawn.sheets),
        profile_firms(drawn.sheets.firms),
    )


@pytest.fixture(scope="session")
def pool_of():
    return make_pool


@pytest.fixture(scope="session")
def pool():
    """1,000 firms of four archetypes."""
    return make_pool(1000, 3)


@pytest.fixture(scope="session")
def grouping(pool):
    return pool.fit()


@pytest.fixture(scope="session")
def membership(pool, grouping) -> Membership:
    return grouping.assign(pool.traits, pool.quality)


@pytest.fixture
def rng():
    return np.random.default_rng(0)
