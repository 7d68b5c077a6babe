"""What the checker of a project catalogue holds against a file: every rule, in one place.

Faults of form (a missing key, a missing translation …) carry the Q codes of
`questionnaires.rules`, which any content file shares. Codes are never reused; each has a bad file
of its name under tests/examples/catalogues/bad that proves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from questionnaires.rules import Rule
from questionnaires.text import Text

UNKNOWN_PROJECT = "C001"
DUPLICATE_PROJECT = "C002"
UNKNOWN_QUESTION = "C003"
UNKNOWN_OPTION = "C004"
WRONG_RAISE = "C005"
BROKEN_STEPS = "C006"
NEVER_RAISED = "C007"
CYCLE = "C008"
BAD_RANGE = "C009"
TOO_LONG = "C010"
UNKNOWN_SOURCE = "C011"
IMPOSSIBLE_NEED = "C012"
UNKNOWN_SIZE = "C013"
OWN_CHAIN = "C014"
ITSELF = "C015"
BAD_PROJECT_ID = "C016"
NOT_ALLOWED = "C017"
UNKNOWN_QUESTIONNAIRE = "C018"
BAD_SHARE = "C019"
BAD_DAY = "C020"
RATES_IN_DISORDER = "C021"

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        UNKNOWN_PROJECT: Rule(
            Text("目录里没有项目“{id}”。{hint}", 'The catalogue has no project "{id}".{hint}'),
            Text("请更正项目编号。", "Correct the project id."),
        ),
        DUPLICATE_PROJECT: Rule(
            Text("项目编号“{id}”已在第 {line} 行使用。", 'Project "{id}" stands in line {line}.'),
            Text("每个编号只用一次，请另取一个。", "An id is used once; choose another."),
        ),
        UNKNOWN_QUESTION: Rule(
            Text("问卷里没有题目“{id}”。{hint}", 'The questionnaire has no "{id}".{hint}'),
            Text("请更正题目编号。", "Correct the id of the question."),
        ),
        UNKNOWN_OPTION: Rule(
            Text("题目“{id}”没有选项“{option}”。", 'Question "{id}" has no option "{option}".'),
            Text("请选用：{allowed}。", "Use one of: {allowed}."),
        ),
        WRONG_RAISE: Rule(
            Text("“{id}”是 {kind} 题，不能这样提升。", '"{id}" is {kind}; it is not raised so.'),
            Text(
                "单选题写 from 和 to，多选题只写 add，其他题型不能提升。",
                "Write from and to for a single choice, only add for a multiple one; "
                "other kinds cannot be raised.",
            ),
        ),
        BROKEN_STEPS: Rule(
            Text(
                "“{id}”的起点 {steps} 不是紧接在“{to}”之下的连续几档。",
                'The steps {steps} of "{id}" are not an unbroken run right below "{to}".',
            ),
            Text(
                "请列出“{to}”以下相连的各档，由低到高。",
                'List the steps next below "{to}", from low to high.',
            ),
        ),
        NEVER_RAISED: Rule(
            Text("“{id}”是结果或企业自己的决定，项目不能承诺。", 'No project may claim "{id}".'),
            Text("请删去这一条提升。", "Remove this raise."),
        ),
        CYCLE: Rule(
            Text("前置项目成环：{ring}。", "Prerequisites run in a circle: {ring}."),
            Text("请删去环上的一条前置关系。", "Remove one of the prerequisites in the circle."),
        ),
        BAD_RANGE: Rule(
            Text("区间 {low}–{high} 不成立。", "{low} to {high} is no range."),
            Text("请写成不小于 0、低值不高于高值。", "Give 0 or more, the low end first."),
        ),
        TOO_LONG: Rule(
            Text(
                "平均工期 {months} 个月，超过一年。", "{months} months on average is over a year."
            ),
            Text("请把项目拆成几期。", "Split the project."),
        ),
        UNKNOWN_SOURCE: Rule(
            Text("sources 里没有“{id}”。{hint}", 'There is no source "{id}".{hint}'),
            Text("请更正，或在 sources 里补上。", "Correct it, or add it under sources."),
        ),
        IMPOSSIBLE_NEED: Rule(
            Text(
                "从 {of} 个项目里要求 {least} 个。", "{least} out of {of} projects are asked for."
            ),
            Text("请给出 1 到项目个数之间的整数。", "Give a whole number from 1 to their number."),
        ),
        UNKNOWN_SIZE: Rule(
            Text("没有企业规模“{id}”。", 'There is no firm size "{id}".'),
            Text("请选用：{allowed}。", "Use one of: {allowed}."),
        ),
        OWN_CHAIN: Rule(
            Text(
                "两条提升首尾相接：{id} 到“{to}”后又从“{to}”提升。",
                'Two raises form a chain of their own: {id} to "{to}" and on from there.',
            ),
            Text("请合并成一条，或给后一条写明 with。", "Merge them, or give the second a with."),
        ),
        ITSELF: Rule(
            Text("项目“{id}”引用了自己。", 'Project "{id}" names itself.'),
            Text("请删去。", "Remove it."),
        ),
        BAD_PROJECT_ID: Rule(
            Text("“{id}”不是项目编号。", '"{id}" is no project id.'),
            Text("请写成 P 加两位数字，例如 P07。", "Write P and two digits, like P07."),
        ),
        NOT_ALLOWED: Rule(
            Text("“{key}”不能是“{value}”。", '"{key}" cannot be "{value}".'),
            Text("请选用：{allowed}。", "Use one of: {allowed}."),
        ),
        UNKNOWN_QUESTIONNAIRE: Rule(
            Text("没有问卷“{id}”，现有：{known}。", 'No questionnaire "{id}"; there are: {known}.'),
            Text("请更正问卷编号。", "Correct the id of the questionnaire."),
        ),
        BAD_SHARE: Rule(
            Text("{share} 不是 0 到 1 之间的比例。", "{share} is no share from 0 to 1."),
            Text("请写成小数，例如 30% 写作 0.3。", "Write it as a fraction: 0.3 for 30 %."),
        ),
        BAD_DAY: Rule(
            Text("“{day}”不是日期。", '"{day}" is no day.'),
            Text("请写成年-月-日，例如 2025-07-21。", "Write year-month-day, like 2025-07-21."),
        ),
        RATES_IN_DISORDER: Rule(
            Text("等级 {levels} 没有由低到高各写一次。", "Levels {levels} do not rise one by one."),
            Text("每个等级写一行，由低到高。", "Give each level one line, from low to high."),
        ),
    }
)
