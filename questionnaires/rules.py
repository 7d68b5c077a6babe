"""What the linter of questionnaires holds against a file: every rule, in one place.

Codes are never reused. Each rule has a bad file of its name under
tests/examples/questionnaires/bad that proves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Rule:
    """What is wrong (`message`) and what to do (`remedy`), with room for particulars."""

    message: Text
    remedy: Text


UNREADABLE = "Q001"
NOT_YAML = "Q002"
ALIAS = "Q003"
DUPLICATE_KEY = "Q004"
WRONG_TYPE = "Q005"
MISSING_KEY = "Q006"
UNKNOWN_KEY = "Q007"
BAD_ID = "Q008"
BAD_VERSION = "Q009"
DUPLICATE_ID = "Q010"
RESERVED_ID = "Q011"
UNTRANSLATED = "Q012"
UNKNOWN_KIND = "Q013"
KEY_NOT_FOR_KIND = "Q014"
TOO_FEW_OPTIONS = "Q015"
DUPLICATE_OPTION = "Q016"
EXCLUDES_IN_SINGLE = "Q017"
TOO_MANY_OPTIONS = "Q018"
MIN_ABOVE_MAX = "Q019"
BOUND_NOT_WHOLE = "Q020"
BAD_LENGTH = "Q021"
UNKNOWN_WHEN_QUESTION = "Q022"
LATER_WHEN_QUESTION = "Q023"
UNKNOWN_WHEN_OPTION = "Q024"
WRONG_WHEN_TEST = "Q025"
BAD_CONDITION = "Q026"
EMPTY = "Q027"
NEVER_HOLDS = "Q028"
WRONG_COUNT = "Q029"
WRONG_BANDS = "Q030"

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        UNREADABLE: Rule(
            Text("文件无法读取：{why}。", "The file cannot be read: {why}."),
            Text(
                "请给出一个 UTF-8 编码、不超过 5 MB 的 YAML 文件。",
                "Give a YAML file in UTF-8 of at most 5 MB.",
            ),
        ),
        NOT_YAML: Rule(
            Text("不是有效的 YAML：{why}。", "This is not valid YAML: {why}."),
            Text(
                "请检查此处的缩进、冒号后的空格和引号。",
                "Check the indentation, the space after each colon, and the quotes here.",
            ),
        ),
        ALIAS: Rule(
            Text("使用了锚点、别名或标签。", "An anchor, alias or tag is used."),
            Text("请把内容完整写出。", "Write the content out."),
        ),
        DUPLICATE_KEY: Rule(
            Text("键“{key}”重复出现。", 'The key "{key}" stands twice.'),
            Text("请删去其中一个。", "Remove one of them."),
        ),
        WRONG_TYPE: Rule(
            Text("“{key}”应为{expected}。", '"{key}" must be {expected}.'),
            Text("请按格式说明改写。", "Rewrite it as the format asks."),
        ),
        MISSING_KEY: Rule(
            Text("缺少“{key}”。", '"{key}" is missing.'),
            Text("请补上该键及其内容。", "Add the key and its content."),
        ),
        UNKNOWN_KEY: Rule(
            Text("此处没有名为“{key}”的键。{hint}", 'There is no key "{key}" here.{hint}'),
            Text(
                "请更正或删去；此处可用：{allowed}。", "Correct or remove it; allowed: {allowed}."
            ),
        ),
        BAD_ID: Rule(
            Text("“{id}”不能作为编号。", '"{id}" cannot be an id.'),
            Text(
                "请用小写字母、数字和下划线（问卷编号用连字符），以字母开头"
                "（选项可以数字开头），最多 64 个字符。",
                "Use lower-case letters, digits and underscores (hyphens for a questionnaire), "
                "beginning with a letter (an option may begin with a digit), at most 64.",
            ),
        ),
        BAD_VERSION: Rule(
            Text("“{version}”不是版本号。", '"{version}" is not a version.'),
            Text(
                "请写成三段数字，例如 1.0.0。",
                "Write three numbers, like 1.0.0.",
            ),
        ),
        DUPLICATE_ID: Rule(
            Text(
                "编号“{id}”已在第 {line} 行使用。", 'The id "{id}" is already used in line {line}.'
            ),
            Text("每个编号只用一次，请另取一个。", "An id is used once; choose another."),
        ),
        RESERVED_ID: Rule(
            Text("编号“{id}”另有用途。", 'The id "{id}" has another meaning in answer sheets.'),
            Text("请另取一个编号。", "Choose another id."),
        ),
        UNTRANSLATED: Rule(
            Text("“{key}”缺少 {languages} 文本。", '"{key}" has no text in: {languages}.'),
            Text(
                "请写成 {{zh: …, en: …}}，两种语言都不能为空。",
                "Write {{zh: …, en: …}}, neither empty.",
            ),
        ),
        UNKNOWN_KIND: Rule(
            Text("没有题型“{kind}”。{hint}", 'There is no kind of question "{kind}".{hint}'),
            Text("请选用：{allowed}。", "Use one of: {allowed}."),
        ),
        KEY_NOT_FOR_KIND: Rule(
            Text("“{key}”不能用于 {kind} 题。", '"{key}" means nothing for a {kind} question.'),
            Text("请删去该键，或更换题型。", "Remove it, or change the kind."),
        ),
        TOO_FEW_OPTIONS: Rule(
            Text("选项太少。", "There are too few options."),
            Text("请至少列出 {least} 个选项。", "List at least {least}."),
        ),
        DUPLICATE_OPTION: Rule(
            Text("选项编号“{id}”重复。", 'The option id "{id}" stands twice.'),
            Text("请为其中一个另取编号。", "Give one of them another id."),
        ),
        EXCLUDES_IN_SINGLE: Rule(
            Text(
                "单选题的选项不能标 excludes。",
                "An option of a single-choice question cannot be marked excludes.",
            ),
            Text(
                "请删去 excludes：单选本来就只选一项。",
                "Remove excludes: one choice bars the rest.",
            ),
        ),
        TOO_MANY_OPTIONS: Rule(
            Text("选项太多。", "There are too many options."),
            Text(
                "最多 {most} 个，请合并或拆题。",
                "At most {most}; merge some or split the question.",
            ),
        ),
        MIN_ABOVE_MAX: Rule(
            Text("min（{min}）大于 max（{max}）。", "min ({min}) is above max ({max})."),
            Text("请更正其中之一。", "Correct one of them."),
        ),
        BOUND_NOT_WHOLE: Rule(
            Text(
                "整数题的界限 {bound} 不是整数。",
                "The bound {bound} of a whole number is not whole.",
            ),
            Text("请改为整数，或改用 decimal 题型。", "Make it whole, or use the kind decimal."),
        ),
        BAD_LENGTH: Rule(
            Text("length 超出允许范围。", "length is out of range."),
            Text("请取 1 到 {most} 之间的整数。", "Give a whole number from 1 to {most}."),
        ),
        UNKNOWN_WHEN_QUESTION: Rule(
            Text(
                "条件所指的题目“{id}”不存在。{hint}",
                'The condition names no question: "{id}".{hint}',
            ),
            Text("请更正题目编号。", "Correct the id of the question."),
        ),
        LATER_WHEN_QUESTION: Rule(
            Text(
                "条件所指的题目“{id}”不在本题之前。",
                'The condition looks at "{id}", which does not come before this question.',
            ),
            Text("请把该题移到前面，或改用前面的题目。", "Move it forward, or use an earlier one."),
        ),
        UNKNOWN_WHEN_OPTION: Rule(
            Text("题目“{id}”没有选项“{option}”。", 'Question "{id}" has no option "{option}".'),
            Text("请选用：{allowed}。", "Use one of: {allowed}."),
        ),
        WRONG_WHEN_TEST: Rule(
            Text(
                "“{test}”不能用于题目“{id}”（{kind}）。",
                '"{test}" cannot be asked of "{id}", a {kind} question.',
            ),
            Text(
                "选择题和是非题用 is，数字题用 at_least。",
                "Use is for choices and yes/no, at_least for numbers.",
            ),
        ),
        BAD_CONDITION: Rule(
            Text("条件的写法不对。", "This is not a condition."),
            Text(
                "请写成 {{question: 题号, is: [选项]}}、{{question: 题号, at_least: 数}}、"
                "{{all: […]}}、{{any: […]}} 或 {{not: …}} 之一，列表不能为空。",
                "Write one of {{question: id, is: [options]}}, {{question: id, at_least: number}}, "
                "{{all: […]}}, {{any: […]}}, {{not: …}}; lists are not empty.",
            ),
        ),
        EMPTY: Rule(
            Text("“{key}”是空的。", '"{key}" is empty.'),
            Text(
                "请至少写一项，或删去所在的部分。", "Write at least one, or remove what holds it."
            ),
        ),
        NEVER_HOLDS: Rule(
            Text(
                "条件永远不成立：“{id}”最大只能是 {max}。",
                'The condition can never hold: "{id}" is at most {max}.',
            ),
            Text("请降低 at_least 或提高 max。", "Lower at_least or raise max."),
        ),
        WRONG_COUNT: Rule(
            Text(
                "“{id}”不是本题之前的数量题。{hint}",
                '"{id}" is not a question before this one that asks for a number.{hint}',
            ),
            Text(
                "rate 的 part 和 whole 须是前面的 whole 或 decimal 题。",
                "part and whole of a rate are earlier questions of the kind whole or decimal.",
            ),
        ),
        WRONG_BANDS: Rule(
            Text("比例的分界与本题不符。", "The bounds of the rate do not suit the question."),
            Text(
                "单选题的 upto 须比选项少一个、从小到大，如 [0.1, 0.5]；百分比题不写 upto。",
                "For a single choice give upto, one bound fewer than options, rising, such as "
                "[0.1, 0.5]; for a percentage leave upto out.",
            ),
        ),
    }
)
