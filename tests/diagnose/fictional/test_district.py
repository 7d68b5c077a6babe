import csv
from importlib.resources import files

import numpy as np
import pytest
from reportlab.pdfbase.ttfonts import TTFontFile
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from stdnum.cn import uscc

from diagnose.fictional import district
from models.firms import profile_firms
from models.scoring import Scorer, load_standard
from questionnaires.readers import read_sheets
from questionnaires.sheets import State
from questionnaires.writers import write_sheets


@pytest.fixture(scope="module")
def drawn():
    return district(600, 1)


@pytest.fixture(scope="module")
def scorer(drawn):
    return Scorer(load_standard("sme-2024"), drawn.sheets.questionnaire)


def equal(one, other):
    return all(
        np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
        for a, b in zip(one.columns, other.columns, strict=True)
    ) and np.array_equal(one.states, other.states)


def test_the_same_seed_gives_the_same_district_and_another_does_not(drawn):
    again, other = district(600, 1), district(600, 2)
    assert equal(again.sheets, drawn.sheets)
    assert again.sheets.firms.name.tolist() == drawn.sheets.firms.name.tolist()
    assert again.sheets.reasons == drawn.sheets.reasons
    assert not equal(other.sheets, drawn.sheets)
    assert set(other.sheets.firms.uscc).isdisjoint(drawn.sheets.firms.uscc)


def test_codes_are_valid_unique_and_of_no_province(drawn):
    codes = drawn.sheets.firms.uscc
    assert all(uscc.is_valid(code) for code in codes)
    assert len(set(codes)) == len(codes)
    assert {code[2:4] for code in codes} == {"99"}


def test_firms_are_plainly_fictional(drawn):
    firms = drawn.sheets.firms
    assert all(name.startswith(("虚构·", "Fictional")) for name in firms.name)
    assert all("示例" in region for region in firms.region)
    assert any("<b>&" in name for name in firms.name)
    assert max(len(name) for name in firms.name) > 40


def test_every_character_is_in_the_font_of_the_reports(drawn):
    known = TTFontFile(str(files("reports") / "fonts" / "NotoSansSC-Regular.ttf")).charToGlyph
    firms = drawn.sheets.firms
    texts = {*firms.name, *firms.region, *drawn.sheets.column("main_products")}
    assert {letter for text in texts for letter in text if ord(letter) not in known} == set()


def test_industries_are_real_codes_of_several_divisions(drawn):
    table = (files("models") / "data" / "gbt4754-2017-industry.csv").read_text(encoding="utf-8")
    codes = {row["code"] for row in csv.DictReader(table.splitlines())}
    assert set(drawn.sheets.firms.industry) <= codes
    assert len(set(profile_firms(drawn.sheets.firms).division)) >= 10


def test_firms_are_mostly_small_and_all_above_scale(drawn):
    profiles = profile_firms(drawn.sheets.firms)
    assert 0.7 < (profiles.size == 1).mean() < 0.95
    assert {0, 1, 2} <= set(profiles.size.tolist())
    assert (profiles.above_scale == 1).all()


def test_shares_of_faults_are_as_asked():
    faulty = district(4000, 3, careless=0.1, boastful=0.2, half_finished=0.3)
    assert faulty.careless.mean() == pytest.approx(0.1)
    assert faulty.boastful.mean() == pytest.approx(0.2 * 0.9, abs=0.03)
    assert faulty.half_finished.mean() == pytest.approx(0.3, abs=0.03)
    clean = district(300, 3, careless=0, boastful=0, half_finished=0)
    assert not (clean.careless | clean.boastful | clean.half_finished).any()


def test_half_finished_sheets_end_somewhere(drawn):
    answered = (drawn.sheets.states == State.ANSWERED).sum(axis=1)
    half = drawn.half_finished
    assert answered[half].max() < answered[~half].max()
    assert (drawn.sheets.states[half, -1] == State.UNANSWERED).all()


def test_boastful_firms_score_higher(scorer):
    many = district(4000, 5)
    scores = scorer.score(many.sheets)
    whole = ~many.half_finished & ~many.careless
    gain = scores.score[many.boastful & whole].mean() - scores.score[~many.boastful & whole].mean()
    assert gain > 10


def test_scores_spread_over_all_levels(scorer, drawn):
    scores = scorer.score(drawn.sheets)
    assert set(scores.level) == {0, 1, 2, 3, 4}
    assert 35 < np.median(scores.score) < 50


def test_counts_mostly_agree_with_the_bands(scorer, drawn):
    for conflicts in scorer.conflicts(drawn.sheets).values():
        assert 0 < conflicts.mean() < 0.06


def test_groups_follow_what_was_asked():
    assert set(district(500, 0, groups=3).truth) == {0, 1, 2}
    assert set(district(500, 0, groups=5).truth) == {0, 1, 2, 3, 4}
    assert set(district(500, 0, groups=1).truth) == {0}
    assert set(district(500, 0, groups="continuum").truth) == {0}


def test_a_hard_district_is_skewed(scorer):
    def skew(difficulty):
        score = scorer.score(district(5000, 2, difficulty=difficulty, groups=1).sheets).score
        return ((score - score.mean()) ** 3).mean() / score.std() ** 3

    assert skew("hard") > skew("base") + 0.1


def test_the_archetypes_of_a_hard_district_are_harder_to_tell_apart(scorer):
    def told_apart(difficulty):
        drawn = district(3000, 2, difficulty=difficulty, careless=0, half_finished=0)
        features = np.nan_to_num(scorer.traits(drawn.sheets).features, nan=0.5)
        shape = features - features.mean(axis=1, keepdims=True)
        return LinearDiscriminantAnalysis().fit(shape, drawn.truth).score(shape, drawn.truth)

    assert told_apart("hard") < told_apart("base") - 0.03


def test_one_firm_is_a_district_too():
    assert len(district(1, 0).sheets) == 1


@pytest.mark.parametrize("ending", ["jsonl", "csv", "xlsx"])
def test_sheets_survive_being_written_and_read(drawn, tmp_path, ending):
    path = tmp_path / f"sheets.{ending}"
    write_sheets(drawn.sheets, path)
    reading = read_sheets(path, drawn.sheets.questionnaire)
    assert reading.rejected == ()
    assert equal(reading.sheets, drawn.sheets)
    assert reading.sheets.firms.name.tolist() == drawn.sheets.firms.name.tolist()
