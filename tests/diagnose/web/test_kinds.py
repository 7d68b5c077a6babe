"""Every kind of question on a page, from the tiny questionnaire that asks one of each."""

from pathlib import Path

import pytest

import questionnaires
from diagnose.web import reading
from diagnose.web.assessments import starting
from diagnose.web.assessments.asking import condition_data
from diagnose.web.assessments.fields import LOOKS
from questionnaires.conditions import All, AnyOf, AtLeast, Is, Not
from questionnaires.kinds import KINDS

EXAMPLES = Path(__file__).parents[2] / "examples" / "questionnaires"


@pytest.fixture
def tiny(monkeypatch):
    """Let new assessments be asked by `every-kind`."""
    found = questionnaires.read_questionnaire(EXAMPLES / "every-kind.yaml")
    for module in (reading, starting):
        monkeypatch.setattr(module, "questionnaire", lambda: found)
    return found


def test_every_kind_has_a_look():
    assert LOOKS.keys() == KINDS.keys()


@pytest.mark.usefixtures("tiny")
def test_every_kind_is_shown_kept_and_shown_again(begin, visitor, tiny):
    page = begin()
    address = page.response.request.path
    said = {}
    for question in tiny.questions:
        match question.kind:
            case "single":
                said[f"q.{question.id}"] = question.options[0].id
            case "multi":
                said[f"q.{question.id}"] = [option.id for option in question.options[1:3]]
            case "yesno":
                said[f"q.{question.id}"] = "no"
            case "date":
                said[f"q.{question.id}"] = "2024-03-31"
            case "text":
                said[f"q.{question.id}"] = "一句话"
            case _:
                least = 0 if question.minimum is None else question.minimum
                said[f"q.{question.id}"] = f"{least:g}"
    visitor.send(page, fields=said)
    again = visitor.get(address).filled()
    for name, value in said.items():
        if name in again:
            assert again[name] in (value, [value]), name
    shown = {element["id"] for element in page.all("fieldset")}
    assert shown <= set(tiny.index)


def test_a_condition_reaches_the_script_whole():
    condition = All((AnyOf((Is("a", ("x", "y")), AtLeast("n", 3))), Not(Is("b", ("z",)))))
    assert condition_data(condition) == {
        "all": [
            {"any": [{"question": "a", "is": ["x", "y"]}, {"question": "n", "atLeast": 3}]},
            {"not": {"question": "b", "is": ["z"]}},
        ]
    }
