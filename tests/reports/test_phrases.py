from collections.abc import Mapping
from string import Formatter

import pytest
import yaml

import questionnaires
from models.roadmap import load_catalogue
from models.scoring import load_standard
from reports.phrases import FOLDER, Phrasebook, load_content, load_phrases

FILES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
STANDARD = load_standard("sme-2024")
QUESTIONNAIRE = questionnaires.load("sme-2024")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("name", FILES)
def test_both_languages_say_something_with_the_same_placeholders(name: str) -> None:
    phrases = load_phrases(name)
    assert phrases
    for path, text in phrases.items():
        assert placeholders(text.zh) == placeholders(text.en), path
        assert bool(text.zh.strip()) or path.endswith(("sentence", "range")), path


@pytest.mark.parametrize("name", FILES)
def test_no_key_of_a_file_is_given_twice(name: str) -> None:
    """YAML keeps the last of two equal keys and says nothing."""
    node = yaml.compose((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    assert not list(repeated(node))


@pytest.mark.parametrize("name", FILES)
def test_a_phrase_is_not_cut_at_an_unquoted_comma(name: str) -> None:
    """Within braces an unquoted comma ends the text and begins another key."""
    for node in leaves(load_content(name)):
        assert set(node) == {"zh", "en"}, node


def leaves(node: object) -> list[dict[str, object]]:
    if not isinstance(node, Mapping):
        return []
    if "zh" in node or "en" in node:
        return [dict(node)]
    return [leaf for child in node.values() for leaf in leaves(child)]


def repeated(node: yaml.Node) -> list[str]:
    if not isinstance(node, yaml.MappingNode):
        return []
    keys = [key.value for key, _ in node.value]
    twice = [key for key in keys if keys.count(key) > 1]
    return twice + [key for _, child in node.value for key in repeated(child)]


def test_every_scene_says_what_each_level_lacks_and_why_it_matters() -> None:
    phrases = load_phrases("scenes")
    for scene in STANDARD.scenes:
        top = len(QUESTIONNAIRE[scene.question].options) - 1
        for level in range(top):
            assert f"{scene.question}.{level}.missing" in phrases
            assert f"{scene.question}.{level}.why" in phrases
    assert len({text.zh for text in phrases.values()}) == len(phrases), "a phrase is repeated"


def test_every_scored_question_says_what_is_missing_and_why_it_matters() -> None:
    phrases = load_phrases("items")
    for item in STANDARD.items:
        for state in ("none", "some"):
            assert f"{item.question}.{state}.missing" in phrases
            assert f"{item.question}.{state}.why" in phrases


def test_every_part_has_its_three_sentences() -> None:
    say = Phrasebook("parts")
    assert all(say.has(f"{part.id}.{band}") for part in STANDARD.parts for band in ("low", "high"))


def test_every_project_type_has_acceptance_points_and_a_first_step() -> None:
    phrases, content = load_phrases("projects"), load_content("projects")
    posts = load_content("actions")["posts"]
    assert set(content) == {project.id for project in load_catalogue().projects}
    for id_, each in content.items():
        assert each["owner"] in posts
        assert {f"{id_}.first.text", f"{id_}.first.done"} <= set(phrases)
        assert {f"{id_}.accept.first", f"{id_}.accept.second"} <= set(phrases)


def test_pains_and_actions_name_questions_and_options_that_exist() -> None:
    pains = load_content("findings")["pains"]
    options = {option.id for option in QUESTIONNAIRE["pains"].options if not option.excludes}
    assert set(pains) == options
    named = {id_ for ids in pains.values() for id_ in ids} | set(load_content("actions")["items"])
    assert named | set(load_content("actions")["spreadsheets"]) <= set(QUESTIONNAIRE.index)


def test_every_concern_is_answered() -> None:
    say = Phrasebook("plans")
    concerns = [option.id for option in QUESTIONNAIRE["concerns"].options if not option.excludes]
    assert all(say.has(f"investment.notes.concern_{id_}") for id_ in concerns)


def test_texts_name_no_figure_as_a_benefit() -> None:
    """What a gap costs or a step brings is told in words: nobody has measured it."""
    for name in ("scenes", "items", "projects", "actions"):
        for path, text in load_phrases(name).items():
            assert "%" not in text.zh, path
            assert "万元" not in text.zh, path
