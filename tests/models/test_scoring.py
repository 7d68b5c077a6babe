"""Points, parts and levels of sme-2024, against a second implementation."""

from __future__ import annotations

import numpy as np
import pytest
from plain_scoring import plain_score
from sme_sheets import random_answers, sheets_of, sme_questionnaire

from models.scoring import Scorer, load_standard


@pytest.fixture(scope="module")
def scorer():
    return Scorer(load_standard("sme-2024"), sme_questionnaire())


def test_agrees_with_the_second_implementation_on_random_sheets_with_gaps(scorer):
    rng = np.random.default_rng(0)
    answers = [random_answers(rng, gaps) for gaps in np.linspace(0, 0.4, 2000)]
    scores = scorer.score(sheets_of(scorer.questionnaire, answers))
    for row, plain in enumerate(map(plain_score, answers)):
        assert scores.score[row] == float(plain.score)
        assert scores.parts[row].tolist() == [float(points) for points in plain.parts.values()]
        assert scores.level[row] == plain.level
        assert scores.answered[row] == plain.answered
        assert scores.could_add[row] == float(plain.could_add)
        assert scores.scenes_at[row].tolist() == plain.scenes_at
        assert scores.binding_at[row].tolist() == plain.binding_at
    assert set(scores.level.tolist()) == {0, 1, 2, 3}
    assert scores.of == 31
