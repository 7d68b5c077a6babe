"""Every rule of the linter of standards is proven by the bad file that bears its code."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.scoring import StandardInvalid, StandardUnknown, load_standard, read_standard
from models.scoring.faults import RULES
from models.scoring.linting import check_standard_file
from models.scoring.reading import standard_ids
from questionnaires.text import LANGUAGES

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "tests/examples/standards"
LIBRARY = ROOT / "models/standards"
SHIPPED = [LIBRARY / f"{id_}.yaml" for id_ in standard_ids()]


@pytest.mark.parametrize("code", RULES)
def test_the_bad_file_breaks_its_rule_and_no_other(code):
    findings = check_standard_file(EXAMPLES / "bad" / f"{code}.yaml")
    assert [found.code for found in findings] == [code]
    for text in (findings[0].message, findings[0].remedy):
        for language in LANGUAGES:
            said = text.to(language)
            assert said
            assert "{" not in said.replace("{zh: …, en: …}", "")


def test_there_is_no_bad_file_without_a_rule():
    assert {path.stem for path in (EXAMPLES / "bad").glob("*.yaml")} == set(RULES)


@pytest.mark.parametrize(
    "path", [*SHIPPED, *sorted(EXAMPLES.glob("*.yaml"))], ids=lambda path: path.stem
)
def test_good_standards_and_their_worked_examples_have_no_findings(path):
    assert check_standard_file(path) == []
    assert (path.parent / "examples" / path.name).exists()


def test_a_finding_says_where():
    (found,) = check_standard_file(EXAMPLES / "bad/S017.yaml")
    assert found.where == "parts.[0].items.[0].points"
    assert found.line == 21
    assert "network" in found.message.en


def test_a_failing_example_says_what_came_out():
    (found,) = check_standard_file(EXAMPLES / "bad/S029.yaml")
    assert found.where == "examples.middle.expect.score"
    assert found.line == 5
    assert "expects score 5, but it is 4" in found.message.en


def test_an_expectation_nobody_knows_is_found(tmp_path):
    (tmp_path / "examples").mkdir()
    (tmp_path / "tiny.yaml").write_bytes((EXAMPLES / "tiny.yaml").read_bytes())
    example = (EXAMPLES / "examples/tiny.yaml").read_text("utf-8")
    (tmp_path / "examples/tiny.yaml").write_text(example.replace("score:", "marks:"), "utf-8")
    assert [found.code for found in check_standard_file(tmp_path / "tiny.yaml")] == ["S014"]


@pytest.mark.parametrize("text", ["", "- a", "just words", "{", "id: tiny"])
def test_what_is_no_standard_is_found_not_raised(tmp_path, text):
    path = tmp_path / "odd.yaml"
    path.write_text(text, "utf-8")
    assert check_standard_file(path)
    with pytest.raises(StandardInvalid):
        read_standard(path)


@pytest.mark.parametrize("bands", ["0.1, 0.2", "0.1, 0.2, 0.3, 0.4, 0.5", "0.1, 0.1, 0.2, 0.3"])
def test_bands_that_do_not_part_the_options_are_found(tmp_path, bands):
    path = tmp_path / "tiny.yaml"
    text = (EXAMPLES / "tiny.yaml").read_text("utf-8")
    path.write_text(text.replace("0.1, 1/5, 0.4, 0.6", bands), "utf-8")
    assert [found.code for found in check_standard_file(path)] == ["S021"]


def test_an_unknown_standard_names_those_there_are():
    with pytest.raises(StandardUnknown) as caught:
        load_standard("sme-2042")
    assert "sme-2024" in caught.value.message.zh


def test_the_hash_follows_the_content_and_not_the_layout(tmp_path):
    path = tmp_path / "tiny.yaml"
    text = (EXAMPLES / "tiny.yaml").read_text("utf-8")
    first = read_standard(EXAMPLES / "tiny.yaml").hash
    path.write_text("# a comment\n" + text.replace("score: 3,", "score:   3,"), "utf-8")
    assert read_standard(path).hash == first
    path.write_text(text.replace("score: 3,", "score: 2.9,"), "utf-8")
    assert read_standard(path).hash != first


def test_the_hash_stays_from_release_to_release():
    known = "a332787f048ab7a1b2dd0d0875f699c324c44fbb47ccf8336caa830d7796b97b"
    assert read_standard(EXAMPLES / "tiny.yaml").hash == known


def test_what_may_be_left_out_may_be_left_empty(tmp_path):
    path = tmp_path / "tiny.yaml"
    text = (EXAMPLES / "tiny.yaml").read_text("utf-8")
    path.write_text(text[: text.index("features:")] + "features:\n", "utf-8")
    assert read_standard(path).features == ()


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["tiny.yaml", "examples/tiny.yaml", "gated.yaml", "averaged.yaml"]),
    st.data(),
)
def test_whatever_an_author_breaks_is_found_not_raised(name, data):
    """One word of a file becomes another, or a line goes missing."""
    original = (EXAMPLES / name).read_text("utf-8")
    if data.draw(st.booleans()):
        lines = original.splitlines(keepends=True)
        del lines[data.draw(st.integers(0, len(lines) - 1))]
        broken = "".join(lines)
    else:
        words = list(re.finditer(r"[\w./]+", original))
        word = data.draw(st.sampled_from(words))
        junk = data.draw(
            st.sampled_from(["", "~", "[]", "{}", "[a, b]", "{a: 1}", "-3", "1e9", "x"])
        )
        broken = original[: word.start()] + junk + original[word.end() :]
    with TemporaryDirectory() as folder:
        copied = Path(folder) / "standards"
        shutil.copytree(EXAMPLES, copied, ignore=shutil.ignore_patterns("bad"))
        (copied / name).write_text(broken, "utf-8")
        for found in check_standard_file(copied / Path(name).name):
            assert found.code in RULES
