import re

import pytest
from dossier_cases import ANSWERS, CLOUD_BOOKS, batch_of, built, roadmap_of, scorer

from reports.dossier import Dossier
from reports.dossier.model.findings import Problem


def problems(dossier: Dossier) -> list[Problem]:
    return [problem for group in dossier.problems.groups for problem in group.problems]


@pytest.mark.parametrize("name", ANSWERS)
def test_every_problem_rests_on_answers_the_firm_gave(name: str) -> None:
    dossier, answers = built(name), ANSWERS[name]
    numbers = {row.question: row.number for section in dossier.answers for row in section.rows}
    for problem in problems(dossier):
        counted = set(problem.questions[1:])
        assert problem.questions[0] in answers or counted <= set(answers)
        assert counted <= set(answers)
        named = {int(number) for number in re.findall(r"\d+", problem.evidence.en)}
        assert named == {numbers[id_] for id_ in problem.questions}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_scene_problem_quotes_the_very_answer(name: str) -> None:
    dossier, answers = built(name), ANSWERS[name]
    cells = {cell.question: cell for cell in dossier.result.scenes}
    for problem in problems(dossier):
        if problem.kind == "scene":
            (question,) = problem.questions
            assert str(problem.level) == answers[question]
            assert f"“{cells[question].meaning.zh}”" in problem.fact.zh


@pytest.mark.parametrize("name", ANSWERS)
def test_as_many_problems_as_there_are(name: str) -> None:
    dossier, answers = built(name), ANSWERS[name]
    target = dossier.gaps.target or 4
    scenes = {
        id_ for id_, at in answers.items() if id_.startswith("scene_") and int(str(at)) < target
    }
    counted = {"equipment_digital_rate", "equipment_networked_rate"}
    given = {id_ for id_, answer in answers.items() if answer is not None}
    given |= counted if "equipment_total" in given else set()
    weak = {row.question for row in dossier.result.items if row.points < row.full / 2}
    items = weak & given
    assert {problem.questions[0] for problem in problems(dossier)} == scenes | items
    assert [problem.number for problem in problems(dossier)] == list(
        range(1, len(scenes | items) + 1)
    )


def test_an_unanswered_question_is_no_problem() -> None:
    dossier = built("sparse")
    assert [problem.questions for problem in problems(dossier)] == [("network",)]


def test_binding_scenes_come_first_where_scenes_are_short() -> None:
    dossier = built("middling")
    kinds = [problem.kind for problem in problems(dossier)]
    binding = [cell.question for cell in dossier.result.scenes if cell.binding]
    leading = [problem.questions[0] for problem in problems(dossier)[: len(binding)]]
    assert set(leading) == set(binding)
    assert "item" in kinds


def test_points_come_first_where_only_points_are_short() -> None:
    dossier = built("weak")
    assert dossier.gaps.target == 1
    assert problems(dossier)[0].kind == "item"
    assert problems(dossier)[0].blocking


def test_what_the_firm_complains_of_comes_first_within_its_kind() -> None:
    dossier = built("middling")
    first = problems(dossier)[0]
    assert first.questions == ("scene_quality",)
    assert "不良多，问题查不到源头" in first.why.zh


def test_the_share_of_funding_never_leads() -> None:
    """A firm should not spend more for the points of that question alone."""
    for name in ("weak", "middling"):
        items = [p for p in problems(built(name)) if p.kind == "item"]
        assert items[-1].questions == ("funding",)


def test_a_planned_project_answers_the_problem() -> None:
    roadmap = roadmap_of(batch_of(ANSWERS["weak"]), CLOUD_BOOKS)
    dossier = built("weak", roadmap=roadmap)
    by_question = {problem.questions[0]: problem for problem in problems(dossier)}
    planned = by_question["data_collection"]
    assert [(ref.id, ref.year) for ref in planned.projects] == [("P05", 1)]
    assert "第 1 年" in planned.answer.zh


def test_other_problems_name_project_types_that_would_raise_them() -> None:
    catalogue_refs = [ref for p in problems(built("middling")) for ref in p.projects]
    assert catalogue_refs
    assert all(ref.year is None for ref in catalogue_refs)


def test_gaps_tell_what_the_explanation_found() -> None:
    batch, gaps = batch_of(ANSWERS["middling"]), built("middling").gaps
    following = scorer().explain(batch.sheets, 0).next_level
    assert following is not None
    assert gaps.target == following.number
    assert [(n.have, n.required) for n in gaps.needs] == [
        (n.have, n.required) for n in following.needs
    ]
    told = {frozenset(step.question for step in way.steps) for way in gaps.ways}
    assert told == {frozenset(step.question for step in way) for way in following.ways}


def test_a_way_of_results_alone_does_not_come_first() -> None:
    gaps = built("weak").gaps
    outcomes = {"energy_trend", "quality_trend", "revenue_per_head_trend", "unit_cost_trend"}
    shares = [sum(step.question in outcomes for step in way.steps) for way in gaps.ways]
    assert shares == sorted(shares)
    assert gaps.ways_note is not None
    assert "经营结果" in gaps.ways_note.zh


def test_a_fee_that_returns_weighs_three_years_against_a_price_paid_once() -> None:
    """P05 is cheaper a year than P29 once, and dearer over three years."""
    (problem,) = (p for p in problems(built("weak")) if p.questions == ("scene_marketing",))
    assert [project.id for project in problem.projects] == ["P29", "P05"]
