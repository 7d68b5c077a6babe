from datetime import date

import pytest

import questionnaires
from diagnose.fictional import district
from diagnose.story import Judge, Until
from models.peers import PeerGroups, flag_quality
from models.scoring import load_standard

SHEETS = district(12, seed=3).sheets


class TellingPlanner:
    """Says which way of planning was asked for."""

    def plan(self, _sheets, row):
        return f"exactly, firm {row}"

    def plan_many(self, sheets):
        return ["within a bound"] * len(sheets)


@pytest.fixture
def judge():
    return Judge(questionnaires.load("sme-2024"), [load_standard("sme-2024")])


def test_one_firm_is_planned_exactly_and_many_within_a_bound(judge):
    judge.planner = TellingPlanner()
    heard = []
    assert judge.plan(SHEETS.take([3]), lambda *told: heard.append(told)) == ("exactly, firm 0",)
    many = SHEETS.take([0] * 1300)
    plans = judge.plan(many, lambda *told: heard.append(told))
    assert plans == ("within a bound",) * 1300
    assert heard == [(Until.ROADMAP, 1024, 1300), (Until.ROADMAP, 1300, 1300)]


def test_groups_fitted_elsewhere_are_used_and_not_fitted_again(judge):
    pool = district(300, seed=1).sheets
    traits = judge.scorer.traits(pool)
    known = PeerGroups().fit(traits, flag_quality(traits))
    assert known.found
    found = judge.diagnose(SHEETS, Until.PEERS, grouping=known)
    assert found.grouping is known
    assert (found.batch.membership.group >= 0).any()
    assert not judge.diagnose(SHEETS, Until.PEERS).grouping.found


@pytest.mark.parametrize("until", Until)
def test_the_story_goes_as_far_as_asked(judge, until):
    judge.planner = TellingPlanner()
    found = judge.diagnose(SHEETS, until)
    assert (found.grouping is not None) == until.reaches(Until.PEERS)
    assert (found.batch.roadmaps is not None) == until.reaches(Until.ROADMAP)


def test_reports_bear_their_day(judge):
    found = judge.diagnose(SHEETS, Until.SCORE)
    dossiers = list(judge.dossiers(found, date(2026, 1, 2)))
    assert len(dossiers) == 12
    assert {dossier.cover.date for dossier in dossiers} == {date(2026, 1, 2)}
