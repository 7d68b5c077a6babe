"""What a visit changes in a dossier, and what it leaves alone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from models.roadmap import Planner, load_catalogue
from models.roadmap.results import PlannedProject
from questionnaires.text import LANGUAGES
from reports.dossier.needs import ASKED
from reports.dossier.visited import Check, Consulted, FindingRecord, Visited, VisitRecord
from reports.pdf import render
from reports.word import render_word
from tests.reports.dossier.dossier_cases import DAY, MIDDLING, batch_of, builder, scorer

TYPED = "<b>&{{ 1 }}\u0001=1+1 “引号”"


@pytest.fixture(scope="module")
def planner():
    return Planner(scorer(), load_catalogue())


def consulted(planned, **changes):
    held = {
        "type": planned.id, "name": planned.id, "content": "", "because": "",
        "acceptance": ("一", "二"), "months": 4, "override": "",
        "low": planned.low, "mid": planned.cost, "high": planned.high,
    }  # fmt: skip
    return Consulted(**(held | changes))


@pytest.fixture(scope="module")
def dossier(planner):
    own = batch_of(MIDDLING)
    verified = batch_of({**MIDDLING, "scene_quality": "0", "network": ["a"]})
    roadmap = planner.plan(verified.sheets, 0)
    added = PlannedProject("own-7", 2, 0.0, 0.0, (), (), 0.0, 0.0, False, 12.0, 5.0)
    projects = {p.id: consulted(p) for p in roadmap.projects}
    first = roadmap.projects[0].id
    projects[first] = replace(projects[first], override=TYPED, because=TYPED)
    projects["own-7"] = consulted(
        added, type="", name=TYPED, content=TYPED, low=None, mid=None, high=None
    )
    visited = Visited(
        number="BG2026-000001", version=2, code="AAAA-BBBB-CCCC", provider="诊断中心", lead="李明",
        own=own.sheets,
        visits=(
            VisitRecord(
                DAY, datetime(2026, 11, 10, 1, tzinfo=UTC), None, opening=TYPED, wishes=TYPED,
                people=({"side": "firm", "name": TYPED, "post": "总经理"},),
                interviews=({"who": "部长", "points": TYPED},),
            ),
        ),
        checks={"scene_quality": Check(True, TYPED, "A-1"), "planning": Check(False)},
        findings=(
            FindingRecord(
                "scene_quality", TYPED, "照片", "quality", TYPED, "process", TYPED, 3, True,
                ("scene_quality",), (first,),
            ),
        ),
        projects=projects,
        evidence=(("A-1", TYPED, "scene_quality"),),
    )  # fmt: skip
    plan = replace(roadmap, projects=(*roadmap.projects, added))
    batch = replace(verified, roadmaps=[plan], visited=visited)
    return builder().build(batch, 0, DAY)


def test_without_a_visit_nothing_is_added(planner):
    batch = batch_of(MIDDLING)
    told = builder().build(replace(batch, roadmaps=[planner.plan(batch.sheets, 0)]), 0, DAY)
    assert told.visit is None
    assert told.cover.facts == ()
    assert told.cover.code == ""
    assert "自评" in told.cover.basis.zh


def test_the_cover_names_version_provider_and_check_code(dossier):
    facts = {fact.label.zh: fact.value.zh for fact in dossier.cover.facts}
    assert facts["版本"] == "第 2 版"
    assert facts["校验码"] == "AAAA-BBBB-CCCC"
    assert dossier.cover.number == "BG2026-000001"
    assert dossier.cover.stamp is None


def test_verified_answers_stand_beside_the_firms_own(dossier):
    rows = {row.question: row for row in dossier.visit.checked.rows}
    assert rows["scene_quality"].changed
    assert rows["scene_quality"].own != rows["scene_quality"].verified
    assert not rows["planning"].changed
    what, own, verified = dossier.visit.checked.outcome[0]
    assert (what.zh, float(own.zh) > float(verified.zh)) == ("评分", True)


def test_only_what_was_verified_is_called_so(dossier):
    facts = {p.questions[0]: p.fact.zh for g in dossier.problems.groups for p in g.problems}
    assert facts["scene_quality"].startswith("经核实为 0 级")
    unverified = [fact for question, fact in facts.items() if question.startswith("scene_")]
    assert sum(fact.startswith("经核实") for fact in unverified) == 1
    assert any(fact.startswith("自评为") for fact in unverified)


def test_the_needs_are_what_the_firm_itself_said(dossier):
    needs = dossier.visit.needs
    told = {fact.label.zh: fact.value.zh for fact in needs.facts}
    assert told["最想先做成的事"] == MIDDLING["wish"]
    assert told["最头疼的事"].startswith("交期经常拖")
    assert told["入企时的诉求"] == TYPED
    assert "待商定" in needs.goals.zh
    assert not any(MIDDLING["wish"] in remark.zh for remark in dossier.profile.remarks)


def test_needs_the_firm_did_not_name_are_not_made_up(planner):
    sheet = {key: value for key, value in MIDDLING.items() if key not in ASKED}
    batch = batch_of(sheet)
    visited = Visited("BG", 0, "", "", "", own=batch.sheets)
    planned = replace(batch, roadmaps=[planner.plan(batch.sheets, 0)], visited=visited)
    needs = builder().build(planned, 0, DAY).visit.needs
    assert needs.facts == ()
    assert "没有填写" in needs.lead[0].zh


def test_the_plan_is_the_consultants_with_their_reasons(dossier):
    first, *_, added = dossier.plan.cards
    assert first.override == TYPED
    assert first.why.zh == TYPED
    assert added.name.zh == TYPED
    assert added.cost_note.zh == "费用待询价，未计入合计。"
    assert [line.zh for line in first.acceptance] == ["一", "二"]
    assert dossier.visit.findings[0].projects == (first.id,)
    assert first.name.zh in dossier.visit.findings[0].answered.zh


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_dossier_prints_the_same_bytes(dossier, language):
    assert render(dossier, language) == render(dossier, language)
    assert render_word(dossier, language) == render_word(dossier, language)
