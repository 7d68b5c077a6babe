"""What the linter of standards holds against a file: every rule, in one place.

Codes are never reused. Each rule has a bad file of its name under tests/examples/standards/bad
that proves it. S001 to S012 say of standards what the linter of questionnaires says of any file,
in the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from questionnaires import rules as shared
from questionnaires.rules import Rule
from questionnaires.text import Text

UNREADABLE = "S001"
NOT_YAML = "S002"
ALIAS = "S003"
DUPLICATE_KEY = "S004"
WRONG_TYPE = "S005"
MISSING_KEY = "S006"
UNKNOWN_KEY = "S007"
BAD_ID = "S008"
BAD_VERSION = "S009"
DUPLICATE_ID = "S010"
UNTRANSLATED = "S011"
EMPTY = "S012"
NOT_EXACT = "S013"
UNKNOWN_NAME = "S014"
UNKNOWN_QUESTION = "S015"
WRONG_KIND = "S016"
OTHER_OPTIONS = "S017"
NEGATIVE = "S018"
WRONG_FULL = "S019"
EXCLUDING_SCORES = "S020"
WRONG_BANDS = "S021"
RATE_OF_SUM = "S022"
NOT_LEVELS = "S023"
WRONG_NUMBER = "S024"
FALLING_LEVELS = "S025"
OUT_OF_REACH = "S026"
PARTS_NOT_LEVELS = "S027"
NOT_JUDGED = "S028"
EXAMPLE_DIFFERS = "S029"
EXAMPLE_ANSWER = "S030"
NO_POINTS = "S031"

SHARED: Mapping[str, str] = MappingProxyType(
    {
        shared.UNREADABLE: UNREADABLE,
        shared.NOT_YAML: NOT_YAML,
        shared.ALIAS: ALIAS,
        shared.DUPLICATE_KEY: DUPLICATE_KEY,
        shared.WRONG_TYPE: WRONG_TYPE,
        shared.MISSING_KEY: MISSING_KEY,
        shared.UNKNOWN_KEY: UNKNOWN_KEY,
        shared.BAD_ID: BAD_ID,
        shared.BAD_VERSION: BAD_VERSION,
        shared.DUPLICATE_ID: DUPLICATE_ID,
        shared.UNTRANSLATED: UNTRANSLATED,
        shared.EMPTY: EMPTY,
    }
)

_OWN: Mapping[str, Rule] = {
    NOT_EXACT: Rule(
        Text("“{key}”应为精确的数。", '"{key}" must be an exact number.'),
        Text(
            "请写成小数（0.7）或分数（5/9）；数目须为整数。",
            "Write a decimal (0.7) or a fraction (5/9); a count is whole.",
        ),
    ),
    UNKNOWN_NAME: Rule(
        Text("没有名为“{name}”的{what}。{hint}", 'There is no {what} "{name}".{hint}'),
        Text("请选用：{allowed}。", "Use one of: {allowed}."),
    ),
    UNKNOWN_QUESTION: Rule(
        Text("问卷里没有题目“{id}”。{hint}", 'The questionnaire has no question "{id}".{hint}'),
        Text("请更正题目编号。", "Correct the id of the question."),
    ),
    WRONG_KIND: Rule(
        Text(
            "题目“{id}”是 {kind} 题，此处需要 {needed} 题。",
            '"{id}" is a {kind} question; this takes a {needed} one.',
        ),
        Text("请更换题目或计分规则。", "Choose another question or another rule."),
    ),
    OTHER_OPTIONS: Rule(
        Text(
            "分值与题目“{id}”的选项不一致：{options}。",
            'The points do not match the options of "{id}": {options}.',
        ),
        Text("请为每个选项各写一个分值。", "Give every option its points, and no others."),
    ),
    NEGATIVE: Rule(
        Text("“{key}”不能为负。", '"{key}" cannot be negative.'),
        Text("请改为 0 或正数。", "Make it 0 or more."),
    ),
    WRONG_FULL: Rule(
        Text(
            "满分写作 {full}，各选项最多却得 {most}。",
            "The full is given as {full}, but the options reach {most}.",
        ),
        Text("请更正 full 或分值。", "Correct full or the points."),
    ),
    EXCLUDING_SCORES: Rule(
        Text("排他选项“{option}”有分值。", 'The option "{option}" bars all others and yet scores.'),
        Text("请改为 0，否则多选反而少得分。", "Make it 0, or choosing more would score less."),
    ),
    WRONG_BANDS: Rule(
        Text(
            "比例分档须逐档递增，且比选项少一个。",
            "The bands must ascend, one fewer than the options.",
        ),
        Text(
            "请更正 upto；选项的顺序以 points 为准。",
            "Correct upto; the order of the options is that of points.",
        ),
    ),
    RATE_OF_SUM: Rule(
        Text("比例只能决定单选题。", "A rate can decide a single choice only."),
        Text("请删去 rate，或改用 choice 规则。", "Remove rate, or use the rule choice."),
    ),
    NOT_LEVELS: Rule(
        Text(
            "场景题“{id}”的选项不是 0 到 {most} 的等级。",
            'The options of scene "{id}" are not the levels 0 to {most}.',
        ),
        Text("请把选项编号写成等级数字。", "Name its options by their level."),
    ),
    WRONG_NUMBER: Rule(
        Text("此处应为第 {number} 级。", "This must be level {number}."),
        Text("等级从 1 起逐级列出。", "List the levels from 1 up without a gap."),
    ),
    FALLING_LEVELS: Rule(
        Text(
            "第 {number} 级的要求低于前一级。",
            "Level {number} takes less than the level before it.",
        ),
        Text("请更正分数、场景数或约束性场景数。", "Correct score, scenes or binding."),
    ),
    OUT_OF_REACH: Rule(
        Text(
            "第 {number} 级要求的 {key} 为 {required}，最多只有 {most}。",
            "Level {number} takes {key} {required}, but {most} is all there is.",
        ),
        Text("请更正等级要求或分值。", "Correct the level or the points."),
    ),
    PARTS_NOT_LEVELS: Rule(
        Text(
            "规则 gated 要求每级恰有一个部分：{parts} 个部分，{levels} 个等级。",
            "The rule gated takes one part a level: {parts} parts, {levels} levels.",
        ),
        Text("请按等级划分各部分。", "Make one part of each level."),
    ),
    NOT_JUDGED: Rule(
        Text(
            "题目“{id}”不在计分题和场景之中。", '"{id}" is neither a scored question nor a scene.'
        ),
        Text("请选用计分题或场景题。", "Use a question that the standard judges."),
    ),
    NO_POINTS: Rule(
        Text("题目“{id}”没有一个选项得分。", 'No option of "{id}" gives points.'),
        Text("请写明分值，或删去该题。", "Give it points, or remove it."),
    ),
    EXAMPLE_DIFFERS: Rule(
        Text(
            "算例“{id}”的 {key} 应为 {expected}，实得 {found}。",
            'Example "{id}" expects {key} {expected}, but it is {found}.',
        ),
        Text(
            "请核对算例与标准，更正其一。",
            "Compare the example with the standard and correct one of them.",
        ),
    ),
    EXAMPLE_ANSWER: Rule(
        Text(
            "算例“{id}”的答案“{question}”有误：{why}",
            'Example "{id}" has a wrong answer "{question}": {why}',
        ),
        Text("请按问卷更正答案。", "Correct the answer as the questionnaire asks."),
    ),
}

RULES: Mapping[str, Rule] = MappingProxyType(
    {own: shared.RULES[code] for code, own in SHARED.items()} | dict(_OWN)
)
