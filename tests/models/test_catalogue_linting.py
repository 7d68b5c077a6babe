"""Every rule of the catalogue's checker is proven by the bad file that bears its code."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.roadmap import CatalogueInvalid
from models.roadmap.catalogue_rules import RULES
from models.roadmap.linting import FOLDER, check_file
from models.roadmap.loading import read_catalogue
from questionnaires.text import LANGUAGES

EXAMPLES = Path(__file__).parents[1] / "examples/catalogues"


@pytest.mark.parametrize("code", RULES)
def test_the_bad_file_breaks_its_rule_and_no_other(code):
    findings = check_file(EXAMPLES / "bad" / f"{code}.yaml")
    assert [found.code for found in findings] == [code]
    assert findings[0].line > 1
    for text in (findings[0].message, findings[0].remedy):
        for language in LANGUAGES:
            assert text.to(language)
            assert "{" not in text.to(language)


def test_there_is_no_bad_file_without_a_rule():
    assert {path.stem for path in (EXAMPLES / "bad").glob("*.yaml")} == set(RULES)


@pytest.mark.parametrize(
    "path",
    [
        FOLDER / "projects.yaml",
        FOLDER / "policies.yaml",
        EXAMPLES / "tiny.yaml",
        EXAMPLES / "policies.yaml",
    ],
)
def test_good_catalogues_have_no_findings(path):
    assert check_file(path) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{zh: 布网, en: A network}", "{zh: 布网}", "Q012"),
        ("    months: [2, 4]\n", "", "Q006"),
        ("confidence: low", "confidence: low\n    colour: red", "Q007"),
        ("low: 5", "low: five", "Q005"),
        ("id: tiny", "id: [tiny", "Q002"),
    ],
)
def test_faults_of_form_carry_the_codes_of_any_content_file(tmp_path, old, new, code):
    content = (EXAMPLES / "tiny.yaml").read_text("utf-8")
    path = tmp_path / "changed.yaml"
    path.write_text(content.replace(old, new, 1), "utf-8")
    assert [found.code for found in check_file(path)] == [code]


def test_a_catalogue_with_faults_is_not_read():
    with pytest.raises(CatalogueInvalid) as caught:
        read_catalogue(EXAMPLES / "bad/C008.yaml", FOLDER / "policies.yaml")
    assert [found.code for found in caught.value.findings] == ["C008"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("P05]", "P99]", "C001"),
        ("year: 2026", "year: 2026\n    sizes: [tiny]", "C013"),
        ("cap: 30", "cap: -1", "C009"),
        ("    year: 2026\n", "", "Q006"),
        ("rate: 0.3", "rate: much", "Q005"),
    ],
)
def test_policies_are_held_to_the_same_rules(tmp_path, old, new, code):
    content = (EXAMPLES / "policies.yaml").read_text("utf-8")
    path = tmp_path / "policies.yaml"
    path.write_text(content.replace(old, new, 1), "utf-8")
    assert [found.code for found in check_file(path)] == [code]
