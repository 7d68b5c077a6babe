from string import Formatter

from dossier_cases import BARE, DAY, FIRM, QUESTIONNAIRE, batch_of, builder, scorer, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.model import Question
from questionnaires.text import LANGUAGES


def answer_to(question: Question) -> st.SearchStrategy[object]:
    """Any answer to a question, or none, or one of the states a firm may give."""
    options = [option.id for option in question.options]
    states = [None, {"state": "unknown"}]
    if question.may_not_apply:
        states.append({"state": "not_applicable", "reason": "<不做>这一块"})
    if question.kind == "single":
        return st.sampled_from([*states, *options])
    if question.kind == "multi":
        free = [option.id for option in question.options if not option.excludes]
        some = st.lists(st.sampled_from(free), min_size=1, unique=True)
        return st.one_of(st.sampled_from(states), st.just(["none"]), some)
    return st.none()


sheets = st.fixed_dictionaries({q.id: answer_to(q) for q in QUESTIONNAIRE.questions})
counts = st.one_of(
    st.just({}),
    st.integers(1, 50).flatmap(
        lambda total: st.fixed_dictionaries(
            {
                "equipment_total": st.just(total),
                "equipment_digital": st.integers(0, total + 5),
                "equipment_networked": st.integers(0, total),
            }
        )
    ),
)


@settings(max_examples=60, deadline=None)
@given(answers=sheets, counted=counts, firm=st.sampled_from([FIRM, BARE]))
def test_any_sheet_makes_a_whole_report(
    answers: dict[str, object], counted: dict[str, object], firm: dict[str, object]
) -> None:
    batch = batch_of({**answers, **counted}, firm)
    dossier = builder().build(batch, 0, DAY)
    score = float(batch.scores.score[0])
    assert dossier.result.score == score
    assert abs(sum(row.points for row in dossier.result.items) - score) < 1e-9
    states = {row.question: row.state.zh for section in dossier.answers for row in section.rows}
    for group in dossier.problems.groups:
        for problem in group.problems:
            assert any(states[id_] == "已作答" for id_ in problem.questions), problem.questions
            assert problem.level is None or problem.level < (dossier.gaps.target or 4)
    steps = {step.question for way in dossier.gaps.ways for step in way.steps}
    assert steps <= set(builder()._reference.judged)
    for text in texts(dossier):
        for language in LANGUAGES:
            fields = {field for _, field, _, _ in Formatter().parse(text.to(language))}
            assert fields <= {None}


@settings(max_examples=30, deadline=None)
@given(answers=sheets)
def test_a_better_answer_makes_no_new_problem_of_the_same_question(
    answers: dict[str, object],
) -> None:
    """Raising a scene to the level aimed at strikes its problem, whatever else is answered."""
    batch = batch_of(answers)
    dossier = builder().build(batch, 0, DAY)
    scenes = [p for g in dossier.problems.groups for p in g.problems if p.kind == "scene"]
    for problem in scenes[:1]:
        (question,) = problem.questions
        raised = batch_of({**answers, question: str(dossier.gaps.target or 4)})
        after = builder().build(raised, 0, DAY)
        reached = scorer().score(raised.sheets).level[0] > batch.scores.level[0]
        left = {p.questions for g in after.problems.groups for p in g.problems}
        assert reached or (question,) not in left
