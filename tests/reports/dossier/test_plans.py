from dataclasses import replace
from datetime import date

import pytest
from dossier_cases import (
    ANSWERS,
    BARE,
    CLOSE,
    CLOUD_BOOKS,
    DAY,
    NETWORK,
    batch_of,
    builder,
    built,
    roadmap_of,
    scorer,
)

from models.roadmap import Planner, load_catalogue
from models.roadmap.results import PlannedProject, Raise
from reports.dossier import Dossier


def planned(name: str = "weak", **options: object) -> Dossier:
    roadmap = roadmap_of(batch_of(ANSWERS[name]), CLOUD_BOOKS, NETWORK, rivals=(CLOSE,))
    return built(name, roadmap=roadmap, **options)


def test_a_card_tells_what_led_to_the_project_and_what_it_raises() -> None:
    card = planned().plan.cards[0]
    assert (card.cost_low, card.cost, card.cost_high) == (2.0, 8.5, 15.0)
    assert "手工账，或全部委托代账" in card.why.zh
    finance, collection = card.raises
    assert finance.before.zh.startswith("1 级")
    assert finance.after.zh.startswith("2 级")
    assert collection.after.zh == "增加：采购管理"
    assert len(card.acceptance) == 2
    assert "参考估算" in card.cost_note.zh
    assert all("可信度低" in benefit.confidence.zh for benefit in card.benefits)


def test_prerequisites_say_how_they_are_met() -> None:
    roadmap = roadmap_of(batch_of(ANSWERS["weak"]), NETWORK)
    (card,) = built("weak", roadmap=roadmap).plan.cards
    assert [p.state.zh for p in card.prerequisites] == ["开工前由企业确认"]


@pytest.mark.parametrize(("year", "helps"), [(None, False), (1, True), (2, True), (3, False)])
def test_a_project_that_helps_is_told_where_it_comes_in_time(year: int | None, helps: bool) -> None:
    scheduling = replace(NETWORK, id="P20", year=2)
    others = () if year is None else (replace(NETWORK, id="P38", year=year),)
    roadmap = roadmap_of(batch_of(ANSWERS["weak"]), scheduling, *others)
    card = built("weak", roadmap=roadmap).plan.cards[0]
    name = load_catalogue()["P38"].name
    assert any(p.name == name and p.met for p in card.prerequisites) == helps


def test_at_most_three_projects_are_begun_at_once() -> None:
    batch = batch_of(ANSWERS["weak"])
    early = [replace(NETWORK, id=id_, year=1) for id_ in ("P02", "P03", "P05", "P20")]
    batch = replace(batch, roadmaps=[roadmap_of(batch, *early)])
    actions = builder().build(batch, 0, DAY).actions.actions
    assert len([action for action in actions if action.project]) == 3


def test_a_policy_is_told_in_its_year() -> None:
    batch = batch_of(ANSWERS["weak"])
    batch = replace(batch, roadmaps=[roadmap_of(batch, CLOUD_BOOKS)])
    for year, told in ((2025, True), (2026, False)):
        notes = builder().build(batch, 0, date(year, 6, 1)).investment.notes
        assert any("Wuhan" in note.en for note in notes) == told


def test_counts_that_contradict_the_share_are_to_be_made_again() -> None:
    for band, again in (("c", True), ("b", False)):
        batch = batch_of({**ANSWERS["weak"], "equipment_digital_rate": band})
        titles = [action.title.zh for action in builder().build(batch, 0, DAY).actions.actions]
        assert ("盘点生产设备" in titles) == again


def test_bars_follow_the_plan() -> None:
    plan = planned().plan
    assert [(bar.project, bar.start, bar.months) for bar in plan.bars] == [
        ("P05", 0.0, 2.0),
        ("P02", 12.0, 2.0),
    ]
    assert plan.years == 2
    assert plan.optimality is not None
    assert "1.3 %" in plan.optimality.zh, "a gap is never told smaller than it is"


def test_rivals_say_why_they_lost() -> None:
    (rival,) = planned().plan.rivals
    assert rival.id == "P29"
    assert rival.reason.zh == "预算已用完。"


def test_a_year_holds_its_projects_and_the_fees_that_return() -> None:
    investment = planned().investment
    assert [(y.low, y.mid, y.high, y.running) for y in investment.years] == [
        (2.0, 8.5, 15.0, 0.0),
        (7.0, 21.0, 35.0, 8.5),
        (2.0, 8.5, 15.0, 8.5),
    ]
    assert (investment.low, investment.mid, investment.high) == (11.0, 38.0, 65.0)
    assert investment.years[1].share == pytest.approx(21 / 8600)
    assert investment.years[1].share_text.zh == "0.24 %"
    assert all(year.within for year in investment.years)
    assert "云财务" in str(investment.running_text)


def test_concerns_are_answered() -> None:
    notes = " ".join(note.zh for note in planned().investment.notes)
    assert "资金紧" in notes
    assert "效果不明" in notes
    assert "外泄" not in notes


def test_without_revenue_no_share_is_told() -> None:
    investment = planned(firm=BARE).investment
    assert investment.revenue is None
    assert all(year.share is None for year in investment.years)
    assert any("没有填报营业收入" in text.zh for text in investment.lead)


def test_an_empty_plan_is_a_sentence() -> None:
    dossier = built("weak", roadmap=roadmap_of(batch_of(ANSWERS["weak"])))
    assert dossier.plan.cards == ()
    assert any("预算低于任何项目" in text.zh for text in dossier.plan.lead)
    assert dossier.investment.years == ()
    assert dossier.summary.no_projects is not None
    assert "没有列入项目" in dossier.summary.money.zh


def test_the_summary_names_the_first_projects_and_the_money() -> None:
    summary = planned().summary
    assert [project.ref for project in summary.projects] == ["P05"]
    assert "38 万元" in summary.money.zh
    assert "CNY 380,000" in summary.money.en
    assert "11–65 万元" in summary.money.zh


def test_actions_are_in_order_and_bound_to_answers_or_projects() -> None:
    dossier = planned()
    actions = dossier.actions.actions
    assert [action.days for action in actions] == sorted(action.days for action in actions)
    assert all(1 <= first < last <= 90 for first, last in (action.days for action in actions))
    steps = [action for action in actions if action.project]
    assert {action.project for action in steps} == {"P05"}
    answered = {row.question for section in dossier.answers for row in section.rows}
    assert all(set(action.questions) <= answered for action in actions)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_real_plan_is_told_as_it_was_made(name: str) -> None:
    batch = batch_of(ANSWERS[name])
    (roadmap,) = Planner(scorer(), load_catalogue()).plan_many(batch.sheets)
    dossier = built(name, roadmap=roadmap)
    assert [(card.id, card.year, card.cost) for card in dossier.plan.cards] == [
        (project.id, project.year, project.cost) for project in roadmap.projects
    ]
    assert [year.mid for year in dossier.investment.years] == (
        list(roadmap.spending) if roadmap.projects else []
    )
    assert dossier.investment.mid == pytest.approx(roadmap.cost)
    assert len(dossier.plan.bars) == len(roadmap.projects)
    assert all(card.why.zh and card.acceptance for card in dossier.plan.cards)
    questions = {row.question for section in dossier.answers for row in section.rows}
    assert all(set(card.because) <= questions for card in dossier.plan.cards)


def test_the_first_projects_are_those_that_carry_most() -> None:
    """Of the first year's projects the summary and the list name those that others wait for."""
    batch = batch_of(ANSWERS["middling"])
    roadmap = Planner(scorer(), load_catalogue()).plan(batch.sheets, 0)
    summary = built("middling", roadmap=roadmap).summary
    early = {project.id for project in roadmap.projects if project.year == 1}
    assert {project.ref for project in summary.projects} <= early
    assert "P01" in {project.ref for project in summary.projects}


def test_a_firm_with_a_post_for_it_need_not_name_an_owner() -> None:
    titles = [[a.title.zh for a in built(name).actions.actions] for name in ("weak", "top")]
    assert ["明确负责人" in each for each in titles] == [True, False]


def test_a_first_year_project_replaces_the_cheap_step_it_covers() -> None:
    security = PlannedProject(
        id="P09",
        year=1,
        cost=7.5,
        gain=3.75,
        because=("network_security",),
        raises=(Raise("network_security", "none", "a;b;d"),),
        low=3.0,
        high=12.0,
        months=2.0,
    )
    roadmap = roadmap_of(batch_of(ANSWERS["weak"]), security)
    questions = [
        a.questions for a in built("weak", roadmap=roadmap).actions.actions if not a.project
    ]
    assert ("network_security",) in [a.questions for a in built("weak").actions.actions]
    assert ("network_security",) not in questions
    assert ("mechanism",) in questions
