"""Two versions of a questionnaire: what changed, and which answers go along."""

from dataclasses import replace
from pathlib import Path

import pytest

from questionnaires import load, read_questionnaire
from questionnaires.text import Text
from questionnaires.versions import carry, compare, load_version, versions_of

EXAMPLES = Path(__file__).parents[1] / "examples/questionnaires"


@pytest.fixture
def before():
    return read_questionnaire(EXAMPLES / "every-kind.yaml")


def altered(questionnaire, gone=(), new=(), **changes):
    """A further version: questions left out, others added, some changed by id."""
    sections = tuple(
        replace(
            section,
            questions=tuple(
                replace(question, **changes.get(question.id, {}))
                for question in section.questions
                if question.id not in gone
            ),
        )
        for section in questionnaire.sections
    )
    last = replace(sections[-1], questions=(*sections[-1].questions, *new))
    return replace(questionnaire, version="2.0.0", sections=(*sections[:-1], last), hash="0" * 64)


def of_kind(questionnaire, kind):
    return next(question for question in questionnaire.questions if question.kind == kind)


def test_a_version_does_not_differ_from_itself(before):
    assert compare(before, before).nothing


def test_questions_gone_new_and_changed_are_told_by_id(before):
    gone, single = of_kind(before, "text"), of_kind(before, "single")
    new = replace(gone, id="another")
    words = {single.id: {"label": Text("换一种问法", "Asked otherwise")}}
    found = compare(before, altered(before, gone=[gone.id], new=[new], **words))
    assert [question.id for question in found.gone] == [gone.id]
    assert [question.id for question in found.new] == ["another"]
    assert [(one.after.id, one.reworded) for one in found.changed] == [(single.id, True)]


def test_options_gone_and_new_are_told(before):
    single = of_kind(before, "single")
    first, *rest = single.options
    added = replace(first, id="brand_new")
    after = altered(before, **{single.id: {"options": (*rest, added)}})
    (one,) = compare(before, after).changed
    assert [option.id for option in one.gone] == [first.id]
    assert [option.id for option in one.new] == ["brand_new"]
    assert not one.reworded


def test_an_answer_goes_along_while_its_options_exist(before):
    single, multi = of_kind(before, "single"), of_kind(before, "multi")
    lost, kept = single.options[0].id, single.options[1].id
    after = altered(
        before,
        **{single.id: {"options": single.options[1:]}, multi.id: {"options": multi.options[1:]}},
    )
    assert carry(before, after, {single.id: kept}).kept == {single.id: kept}
    assert carry(before, after, {single.id: lost}).left == {single.id: lost}
    several = [multi.options[0].id, multi.options[1].id]
    assert carry(before, after, {multi.id: several}).left == {multi.id: several}


def test_an_answer_to_a_question_that_is_gone_is_left(before):
    text = of_kind(before, "text")
    found = carry(before, altered(before, gone=[text.id]), {text.id: "焊接"})
    assert (dict(found.kept), dict(found.left)) == ({}, {text.id: "焊接"})


def test_a_number_whose_unit_changed_means_something_else(before):
    whole = of_kind(before, "whole")
    after = altered(before, **{whole.id: {"unit": Text("千台", "thousand machines")}})
    assert carry(before, after, {whole.id: 3}).left == {whole.id: 3}
    assert carry(before, altered(before), {whole.id: 3}).kept == {whole.id: 3}


def test_a_number_out_of_the_new_bounds_is_left(before):
    whole = of_kind(before, "whole")
    after = altered(before, **{whole.id: {"minimum": 4, "maximum": 9}})
    assert carry(before, after, {whole.id: 3}).left == {whole.id: 3}


def test_what_is_not_known_stays_unknown(before):
    single = of_kind(before, "single")
    unknown = {single.id: {"state": "unknown"}}
    assert carry(before, altered(before), unknown).kept == unknown


def test_a_patch_version_is_served_by_its_line_another_is_not_here():
    present = load("sme-2024")
    assert versions_of("sme-2024")[0] == present.version
    assert load_version("sme-2024", "1.0.9") is present
    assert load_version("sme-2024", "0.1.0") is None
