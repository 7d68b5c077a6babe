"""Every rule of the linter is proven by the bad file that bears its code."""

import pytest
from sheet_factory import EXAMPLES

from questionnaires.linting import check_file
from questionnaires.linting.nodes import DEEPEST, LARGEST_FILE
from questionnaires.rules import RULES
from questionnaires.text import LANGUAGES

FOLDER = EXAMPLES / "questionnaires"
BAD = FOLDER / "bad"


@pytest.mark.parametrize("code", RULES)
def test_the_bad_file_breaks_its_rule_and_no_other(code):
    findings = check_file(BAD / f"{code}.yaml")
    assert [found.code for found in findings] == [code]
    for text in (findings[0].message, findings[0].remedy):
        for language in LANGUAGES:
            said = text.to(language)
            assert said
            assert "{hint}" not in said


def test_there_is_no_bad_file_without_a_rule():
    assert {path.stem for path in BAD.glob("*.yaml")} == set(RULES)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_good_examples_have_no_findings(path):
    assert check_file(path) == []


def test_a_finding_says_where():
    (found,) = check_file(BAD / "Q024.yaml")
    assert (found.line, found.column) == (18, 38)
    assert found.where == "sections.only.questions.second.when.is"
    assert '"first"' in found.message.en
    assert "a, b, c" in found.remedy.en
    assert str(found).startswith("18:38: Q024 ")


@pytest.mark.parametrize(("deep", "told"), [(DEEPEST, "mapping"), (DEEPEST + 1, "nested")])
def test_what_is_nested_too_deeply_is_not_unfolded(tmp_path, deep, told):
    path = tmp_path / "deep.yaml"
    path.write_text("[" * deep + "]" * deep, "utf-8")
    assert told in check_file(path)[0].message.en


def test_all_faults_are_found_in_the_order_of_lines(tmp_path):
    path = tmp_path / "many.yaml"
    path.write_text(
        """
id: Many
version: 1
title: {zh: 甲}
sections:
  - id: s
    title: {zh: 甲, en: A}
    questions:
      - {id: q, kind: single, label: {zh: 甲, en: A}, min: 3}
      - {id: q, kind: whole, label: {zh: 甲, en: A}, when: {question: q, is: [a]}}
      - 12
      - {id: r, kind: text, label: {zh: '', en: A}}
extra: 1
""",
        "utf-8",
    )
    codes = [found.code for found in check_file(path)]
    assert codes == ["Q008", "Q009", "Q012", "Q015", "Q014", "Q010", "Q024", "Q005", "Q012", "Q007"]


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("{all: [{question: first, is: d}]}", "Q024"),
        ("{any: [{question: frist, is: a}, {question: first, is: a}]}", "Q022"),
        ("{not: {question: first, at_least: 2}}", "Q025"),
        ("{not: [a]}", "Q026"),
        ("{all: []}", "Q026"),
        ("{any: {question: first, is: a}}", "Q026"),
        ("{all: [], any: []}", "Q026"),
        ("{question: first, is: []}", "Q026"),
        ("{question: first, is: {a: b}}", "Q005"),
        ("{question: [first], is: a}", "Q005"),
        ("first", "Q026"),
    ],
)
def test_faults_deep_inside_a_condition(tmp_path, when, code):
    text = (FOLDER / "single.yaml").read_text("utf-8")
    second = f"      - {{id: second, kind: yesno, label: {{zh: 甲, en: A}}, when: {when}}}\n"
    path = tmp_path / "when.yaml"
    path.write_text(text + second, "utf-8")
    assert code in [found.code for found in check_file(path)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kind: whole", "kind: [whole]", "Q005"),
        ("min: 0", "min: few", "Q005"),
        ("min: 0", "min: .nan", "Q005"),
        ("min: 0", "min: [0]", "Q005"),
        ("label: {zh: 题目, en: Question}", "label: Question", "Q012"),
        ("label: {zh: 题目, en: Question}", "label: {zh: [题目], en: Question}", "Q012"),
        ("label: {zh: 题目, en: Question}", "label: {zh: 题, en: Q, de: F}", "Q007"),
        ("unit: {zh: 台, en: pieces}", "unit: {zh: 台}", "Q012"),
        ("id: whole", "id: 7", "Q008"),
        ("min: 0", "required: 2", "Q005"),
    ],
)
def test_values_of_the_wrong_sort(tmp_path, old, new, code):
    text = (FOLDER / "whole.yaml").read_text("utf-8")
    assert old in text
    path = tmp_path / "wrong.yaml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert code in [found.code for found in check_file(path)]


def test_a_sign_may_be_the_unit_in_both_languages(tmp_path):
    text = (FOLDER / "whole.yaml").read_text("utf-8")
    path = tmp_path / "unit.yaml"
    path.write_text(text.replace("{zh: 台, en: pieces}", "kWh"), "utf-8")
    assert check_file(path) == []


@pytest.mark.parametrize(
    "text",
    ["", "# nothing", "- a\n- b", "just words", "{", "a: [b", "a: !!python/object:os.system {}"],
)
def test_what_is_no_questionnaire_is_found_not_raised(tmp_path, text):
    path = tmp_path / "odd.yaml"
    path.write_text(text, "utf-8")
    assert check_file(path)


def test_what_cannot_be_read_is_found_not_raised(tmp_path):
    for path in (tmp_path, tmp_path / "missing.yaml"):
        assert [found.code for found in check_file(path)] == ["Q001"]
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * (LARGEST_FILE + 1))
    assert [found.code for found in check_file(large)] == ["Q001"]


def test_bombs_are_found_not_built(tmp_path):
    path = tmp_path / "bomb.yaml"
    laughs = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefghij", "bcdefghijk", strict=True)
    )
    for text in (laughs, "a: &a [*a]", "[" * 10_000):
        path.write_text(text, "utf-8")
        assert {"Q002", "Q003"} & {found.code for found in check_file(path)}


def test_ids_are_taken_as_typed(tmp_path):
    """`no` is no truth value here, and `01` no octal number."""
    text = (FOLDER / "single.yaml").read_text("utf-8")
    path = tmp_path / "typed.yaml"
    path.write_text(text.replace("id: a,", "id: no,").replace("id: b,", "id: 01,"), "utf-8")
    assert check_file(path) == []
