"""Worked examples of the quality score, and of likeness."""

import pytest

from diagnose.quality import Facts, Share, quality_from, score
from diagnose.quality.criteria import CRITERIA
from diagnose.quality.similarity import likeness, own_words
from reports.phrases import load_phrases

ALL = {part.id: Share(4, 4) for each in CRITERIA.criteria.values() for part in each.parts}


def test_the_criteria_add_up_to_a_hundred_as_proposed():
    full = {id_: criterion.full for id_, criterion in CRITERIA.criteria.items()}
    assert full == {
        "evidence": 25,
        "specificity": 20,
        "logic": 15,
        "plan": 20,
        "affordability": 5,
        "indicators": 5,
        "neutrality": 5,
        "form": 5,
    }


def test_everything_in_place_is_a_hundred_and_nothing_is_nothing():
    assert score(Facts(ALL, 0.0)).score == 100
    assert score(Facts({})).score == 0
    assert score(Facts(ALL, 0.0)).good


@pytest.mark.parametrize(
    ("part", "share", "points"),
    [
        ("verified", Share(3, 31), 10 * (3 / 31) / 0.3),
        ("verified", Share(10, 31), 10),
        ("chain", Share(2, 3), 10),
        ("prerequisites", Share(4, 5), 4.8),
        ("papers", Share(3, 4), 3.75),
    ],
)
def test_a_part_earns_by_the_share_that_holds(part, share, points):
    found = score(Facts({part: share}))
    counted = [p for mark in found.marks for p in mark.parts if p.id == part]
    assert counted[0].points == pytest.approx(points, abs=0.01)
    assert f"{share.counted}/{share.of}" in counted[0].note.zh


@pytest.mark.parametrize(("alike", "points"), [(0.3, 10), (0.45, 5), (0.6, 0), (0.9, 0)])
def test_likeness_costs_points_and_above_the_limit_is_red(alike, points):
    found = score(Facts(ALL, alike))
    counted = [p for mark in found.marks for p in mark.parts if p.id == "alike"]
    assert counted[0].points == pytest.approx(points)
    assert ("alike" in found.red) == (alike > 0.6)
    assert found.good == (alike <= 0.6)


def test_one_red_item_is_enough_and_survives_being_kept():
    found = score(Facts(ALL, 0.0, ("no_record",)))
    assert found.score == 100
    assert not found.good
    assert quality_from(found.as_data()) == found
    assert found.red_texts[0].zh == "没有签字盖章的诊断记录"


def test_standard_text_is_no_ones_own():
    phrase = load_phrases("plans")["plan.decide"].zh
    assert own_words([phrase, "本轮只需决定首年的项目"]) == ""
    assert own_words(["机加工车间首检记录手写"]) == "机加工车间首检记录手写"


def test_likeness_is_the_share_found_in_the_other():
    text = "机加工车间首检记录手写检验员不足批次追溯靠翻本子"
    half = "机加工车间首检记录手写" + "装配线每周盘点停产四小时在制品靠数"
    shares = likeness(text, [text, half, "仓库货位没有编码找料要问老员工", ""])
    assert shares[0] == 1
    assert 0.2 < shares[1] < 0.4
    assert shares[2:].tolist() == [0, 0]
    assert likeness("短", [text]).tolist() == [0]
