"""The default questionnaire asks what other tools rely on: ids, option ids and their order."""

import pytest

import questionnaires
from questionnaires.model import Option, Question
from questionnaires.text import LANGUAGES, Text

LINKS = (
    "product_design process_design marketing after_sales scheduling production quality equipment "
    "safety energy procurement warehouse finance hr"
)
SCORED = {
    "network": ("multi", "none a b c d"),
    "equipment_digital_rate": ("single", "a b c d e"),
    "equipment_networked_rate": ("single", "a b c d e"),
    "data_collection": ("multi", f"none {LINKS}"),
    "system_coverage": ("single", "a b c d e"),
    "network_security": ("multi", "none a b c d"),
    "data_security": ("multi", "none a b c d"),
    "planning": ("single", "a b c d e f"),
    "mechanism": ("multi", "none a b c d"),
    "talent": ("multi", "none a b c d e"),
    "funding": ("single", "a b c d e"),
    "energy_trend": ("single", "up equal down"),
    "quality_trend": ("single", "down equal up"),
    "revenue_per_head_trend": ("single", "down equal up"),
    "unit_cost_trend": ("single", "up equal down"),
}
SCENES = [
    "scene_product_design",
    "scene_process_design",
    "scene_marketing",
    "scene_after_sales",
    "scene_scheduling",
    "scene_production",
    "scene_quality",
    "scene_equipment",
    "scene_safety",
    "scene_energy",
    "scene_procurement",
    "scene_warehouse",
    "scene_finance",
    "scene_hr",
    "scene_office",
    "scene_decision",
]
JUDGED = SCORED | dict.fromkeys(SCENES, ("single", "0 1 2 3 4"))
COUNTS = ("equipment_total", "equipment_digital", "equipment_networked")

SME = questionnaires.load("sme-2024")


def texts(question: Question) -> list[Text | None]:
    options = [text for option in question.options for text in (option.label, option.help) if text]
    return [question.label, question.help, question.evidence, *options]


def option_ids(options: tuple[Option, ...]) -> str:
    return " ".join(option.id for option in options)


def test_the_judged_questions_come_in_the_order_of_the_table():
    assert [question.id for question in SME.questions if question.id in JUDGED] == list(JUDGED)


@pytest.mark.parametrize("question_id", JUDGED)
def test_kind_and_options_are_those_of_the_table(question_id):
    question = SME[question_id]
    assert (question.kind, option_ids(question.options)) == JUDGED[question_id]


@pytest.mark.parametrize("question_id", JUDGED)
def test_a_judged_question_is_asked_of_every_firm(question_id):
    assert SME[question_id].required
    assert SME[question_id].when is None


def test_exactly_the_judged_questions_must_be_answered():
    assert {question.id for question in SME.questions if question.required} == set(JUDGED)


@pytest.mark.parametrize("question", SME.questions, ids=lambda question: question.id)
def test_none_and_only_none_bars_the_other_options(question):
    assert [option.id for option in question.options if option.excludes] == (
        ["none"] if question.kind == "multi" else []
    )


def test_the_counts_stand_before_the_rates_and_are_whole_numbers():
    assert [SME[count].kind for count in COUNTS] == ["whole"] * 3
    assert max(SME.index[count] for count in COUNTS) < SME.index["equipment_digital_rate"]


def test_only_security_answers_are_sensitive():
    sensitive = {question.id for question in SME.questions if question.sensitive}
    assert sensitive == {"network_security", "data_security"}


def test_a_scene_that_some_trades_lack_may_be_left_out_and_the_others_may_not():
    may_not_apply = {scene for scene in SCENES if SME[scene].may_not_apply}
    assert may_not_apply == {
        "scene_product_design",
        "scene_process_design",
        "scene_marketing",
        "scene_after_sales",
        "scene_procurement",
        "scene_warehouse",
    }


@pytest.mark.parametrize("question", SME.questions, ids=lambda question: question.id)
def test_every_question_says_what_counts_and_what_proves_it_in_both_languages(question):
    for text in texts(question):
        assert text is not None
        for language in LANGUAGES:
            assert text.to(language).strip()
        assert any("\u4e00" <= char <= "\u9fff" for char in text.zh) or "%" in text.zh
        assert not any("\u4e00" <= char <= "\u9fff" for char in text.en)


@pytest.mark.parametrize("question", SME.questions, ids=lambda question: question.id)
def test_chinese_texts_use_full_width_punctuation(question):
    for text in texts(question):
        assert text is not None
        assert not set(text.zh) & set(",;:!?()")
