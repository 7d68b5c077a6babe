"""Conditions in words: when a question is to be answered."""

from __future__ import annotations

from questionnaires.conditions import All, AnyOf, AtLeast, Condition, Is, Not
from questionnaires.model import Questionnaire
from questionnaires.offline.layout import NO, YES
from questionnaires.text import Text

_ONLY = Text("填写条件：{when}。", "Answer only if {when}.")
_IS = Text("第 {number} 题选了{options}", "question {number} says {options}")
_AT_LEAST = Text("第 {number} 题不小于 {minimum}", "question {number} is at least {minimum}")
_NOT = Text("不符合“{part}”", "it is not so that {part}")
_ALL, _ANY = Text("，并且", ", and "), Text("，或者", ", or ")
_OR = Text("或", " or ")


def only_if(questionnaire: Questionnaire, condition: Condition) -> Text:
    """The sentence that says when a question is asked."""
    return _ONLY.format(when=_said(questionnaire, condition))


def _said(questionnaire: Questionnaire, condition: Condition) -> Text:
    match condition:
        case Is(question, options):
            number = questionnaire.index[question] + 1
            return _IS.format(number=number, options=_options(questionnaire, question, options))
        case AtLeast(question, minimum):
            number = questionnaire.index[question] + 1
            return _AT_LEAST.format(number=number, minimum=f"{minimum:g}")
        case All(parts):
            return _joined([_said(questionnaire, part) for part in parts], _ALL)
        case AnyOf(parts):
            return _joined([_said(questionnaire, part) for part in parts], _ANY)
        case Not(part):
            return _NOT.format(part=_said(questionnaire, part))


def _options(questionnaire: Questionnaire, question: str, options: tuple[str, ...]) -> Text:
    labels = {"yes": YES, "no": NO}
    labels |= {option.id: option.label for option in questionnaire[question].options}
    quoted = [Text(f"“{labels[o].zh}”", f"“{labels[o].en}”") for o in options]
    return _joined(quoted, _OR)


def _joined(parts: list[Text], word: Text) -> Text:
    return Text(word.zh.join(p.zh for p in parts), word.en.join(p.en for p in parts))
