"""What writer and reader of the form agree on: names, columns, keys.

Every sheet of questions has a hidden first row that names its columns and a hidden column that
says of each row which question or option it is, so that rows and columns may be moved about.
"""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.text import Language, Text

FORMAT = 1
ABOUT_SHEET = "_form"
LISTS_SHEET = "_lists"

NUMBER, QUESTION, OPTIONS, ANSWER, UNIT = "#number", "#question", "#options", "#answer", "#unit"
STATE, REASON, HELP, KEY, WAS = "#state", "#reason", "#help", "#key", "#was"
COLUMNS = (NUMBER, QUESTION, OPTIONS, ANSWER, UNIT, STATE, REASON, HELP, KEY, WAS)
NEEDED = (ANSWER, STATE, REASON, KEY)

HEADINGS = {
    NUMBER: Text("题号", "No."),
    QUESTION: Text("题目", "Question"),
    OPTIONS: Text("选项", "Options"),
    ANSWER: Text("填在这里", "Answer here"),
    UNIT: Text("单位", "Unit"),
    STATE: Text("不清楚 / 不适用", "Not known / does not apply"),
    REASON: Text("不适用的原因", "Why it does not apply"),
    HELP: Text("怎么填，什么能证明", "How to answer, what proves it"),
}

TICK = "√"
YES = Text("是", "Yes")
NO = Text("否", "No")
UNKNOWN = Text("不清楚", "I do not know")
NOT_APPLICABLE = Text("不适用", "Does not apply")


@dataclass(frozen=True, slots=True)
class FormFirm:
    """Whose form it is: the name to show, the code by which it is recognised."""

    uscc: str
    name: str


def key_of(question: str, option: str = "") -> str:
    """What the hidden column says of a row."""
    return f"{question}/{option}" if option else question


def option_labels(labels: tuple[Text, ...], ids: tuple[str, ...], language: Language) -> list[str]:
    """The options as the form shows them; where two read alike, each with its id."""
    said = [label.to(language).strip() for label in labels]
    if len(set(said)) == len(said):
        return said
    return [f"{label} ({name})" for label, name in zip(said, ids, strict=True)]
