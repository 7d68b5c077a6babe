"""Points, parts and levels of sme-2024 against a second implementation, from raw JSON on."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from plain_scoring import plain_score
from sme_sheets import random_answers, sheets_of, sme_questionnaire
from stdnum.cn import uscc

import questionnaires
from models.scoring import Scorer, load_standard, read_standard
from questionnaires.check import RawSheet, check_rows

STANDARD = load_standard("sme-2024")
REASON = {"state": "not_applicable", "reason": "本厂没有"}


def agrees(scores, answers):
    for row, plain in enumerate(map(plain_score, answers)):
        assert scores.score[row] == float(plain.score)
        assert scores.parts[row].tolist() == [float(points) for points in plain.parts.values()]
        assert scores.level[row] == plain.level
        assert scores.answered[row] == plain.answered
        assert scores.could_add[row] == float(plain.could_add)
        assert scores.scenes_at[row].tolist() == plain.scenes_at
        assert scores.binding_at[row].tolist() == plain.binding_at
    return True


def as_typed(questionnaire, answers):
    """Answers as an answer sheet may hold them: without hidden values, n/a where it is allowed."""
    typed = {}
    for id_, answer in answers.items():
        if not isinstance(answer, dict):
            typed[id_] = answer
        elif answer["state"] == "n/a" and questionnaire[id_].may_not_apply:
            typed[id_] = REASON
        else:
            typed[id_] = {"state": "unknown"}
    return json.loads(json.dumps(typed))


def raw_sheet(line, answers):
    body = f"91420100{line:09d}"
    firm = {"uscc": body + uscc.calc_check_digit(body), "name": f"示例{line}"}
    return RawSheet(line=line, firm=firm, answers=answers)


def test_2000_random_sheets_with_gaps_agree_from_raw_json_on():
    questionnaire = questionnaires.load("sme-2024")
    rng = np.random.default_rng(0)
    answers = [
        as_typed(questionnaire, random_answers(rng, gap, keen=keen))
        for gap, keen in zip(np.linspace(0, 0.4, 2000), rng.integers(1, 5, 2000), strict=True)
    ]
    reading = check_rows(questionnaire, [raw_sheet(n, a) for n, a in enumerate(answers, start=1)])
    assert not reading.rejected
    scores = Scorer(STANDARD, questionnaire).score(reading.sheets)
    assert agrees(scores, answers)
    assert set(scores.level.tolist()) == {0, 1, 2, 3, 4}
    assert scores.of == 31


def test_sheets_with_hidden_values_in_every_state_agree():
    rng = np.random.default_rng(1)
    answers = [random_answers(rng, gap) for gap in np.linspace(0, 0.5, 500)]
    scorer = Scorer(STANDARD, sme_questionnaire())
    assert agrees(scorer.score(sheets_of(scorer.questionnaire, answers)), answers)


@pytest.mark.parametrize("total", [3, 7, 10, 49, 1000, 999_983, 1_000_000])
def test_every_count_falls_in_its_band(total):
    """Exactly 10 % stays in the first band, whatever the floats of a quotient say."""
    parts = {
        n for share in (1, 2, 4, 6) for n in range(total * share // 10 - 1, total * share // 10 + 3)
    }
    answers = [
        {"equipment_total": total, "equipment_digital": part, "equipment_networked": total - part}
        for part in sorted(parts)
        if 0 <= part <= total
    ]
    scorer = Scorer(STANDARD, sme_questionnaire())
    assert agrees(scorer.score(sheets_of(scorer.questionnaire, answers)), answers)


def test_points_whose_common_unit_is_beyond_32_bits_add_up_exactly(tmp_path):
    tiny = Path(__file__).parents[1] / "examples/standards/tiny.yaml"
    points = [Fraction(1, 65537), Fraction(1, 65539), Fraction(1, 3), Fraction(1, 7)]
    told = dict(zip("abcd", map(str, points), strict=True))
    text = tiny.read_text("utf-8").replace("full: 8", f"full: {sum(points)}")
    for option, worth in told.items():
        text = text.replace(f"{option}: 2", f"{option}: {worth}", 1)
    (tmp_path / "tiny.yaml").write_text(text, "utf-8")
    questionnaire = sme_questionnaire()
    scorer = Scorer(read_standard(tmp_path / "tiny.yaml"), questionnaire)
    answers = [{"network": ["a", "d"], "equipment_digital_rate": "b"}, {"network": list("abcd")}]
    scores = scorer.score(sheets_of(questionnaire, answers))
    assert scores.score.tolist() == [
        float(points[0] + points[3] + Fraction(3, 2)),
        float(sum(points)),
    ]
