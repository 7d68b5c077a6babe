"""What can be wrong with an answer or a row: a stable code, a sentence, what to do.

The codes stand in `rejected.csv` and are promises; the sentences may be reworded.
"""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.normal import nearest, shown
from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value cannot be taken: `code` for programs, `text` for people."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class Template:
    """A problem with its particulars left open."""

    code: str
    zh: str
    en: str

    def of(self, **particulars: object) -> Problem:
        """The problem with its particulars; long ones are cut."""
        told = {k: v if isinstance(v, Text) else shown(v) for k, v in particulars.items()}
        return Problem(self.code, Text(self.zh, self.en).format(**told))


def hint(word: str, words: tuple[str, ...]) -> Text:
    """The clause that names the likely meaning of a mistyped word, empty where none is near."""
    meant = nearest(word, words)
    if not meant:
        return Text("", "")
    return Text(f"是否应为“{meant}”？", f' Did you mean "{meant}"?')


WRONG_TYPE = Template(
    "wrong-type",
    "“{value}”的类型不对，此处应为{expected}。",
    '"{value}" is of the wrong type; give {expected}.',
)
UNKNOWN_OPTION = Template(
    "unknown-option",
    "没有选项“{value}”，可选：{allowed}。{hint}",
    'There is no option "{value}"; the options are {allowed}.{hint}',
)
EXCLUDED = Template(
    "excluded-option",
    "选项“{value}”不能与其他选项同时选择，请二者择一。",
    'Option "{value}" cannot be chosen together with others; keep one or the others.',
)
NOT_A_NUMBER = Template(
    "not-a-number",
    "“{value}”不是数字，请只填数字。",
    '"{value}" is not a number; give digits only.',
)
NOT_WHOLE = Template(
    "not-whole",
    "“{value}”不是整数，请填整数。",
    '"{value}" is not a whole number; give one.',
)
TOO_SMALL = Template(
    "too-small",
    "{value} 小于允许的最小值 {bound}，请核对。",
    "{value} is below the least allowed, {bound}; check it.",
)
TOO_LARGE = Template(
    "too-large",
    "{value} 大于允许的最大值 {bound}，请核对（包括单位）。",
    "{value} is above the most allowed, {bound}; check it and its unit.",
)
EXCEL_DATE = Template(
    "became-a-date",
    "Excel 把此单元格变成了日期“{value}”，请把该列设为文本后重新填写。",
    'Excel turned this cell into the date "{value}"; make the column text and type it again.',
)
EXCEL_NUMBER = Template(
    "became-a-number",
    "Excel 把此代码变成了数字“{value}”，末尾数字已丢失，请把该列设为文本后重新填写。",
    'Excel turned this code into the number "{value}" and lost its last digits; '
    "make the column text and type it again.",
)
EXCEL_ERROR = Template(
    "excel-error",
    "单元格里是 Excel 的错误值“{value}”（公式没有算出结果），请改填实际内容。",
    'The cell holds Excel\'s error "{value}", a formula without a result; put in what is meant.',
)
EXCEL_ERRORS = frozenset(
    {
        "#NULL!",
        "#DIV/0!",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#NUM!",
        "#N/A",
        "#GETTING_DATA",
        "#SPILL!",
        "#CALC!",
    }
)
"""What stands in a cell whose formula failed, also in a CSV file that Excel wrote."""


class FailedCell(str):
    """The error in a cell of an Excel file, which is no text that somebody typed."""

    __slots__ = ()


TOO_LONG = Template(
    "too-long",
    "共 {length} 个字符，最多允许 {bound} 个，请缩短。",
    "{length} characters long; at most {bound} are allowed, shorten it.",
)
NOT_YES_OR_NO = Template(
    "not-yes-or-no",
    "“{value}”既不是“是”也不是“否”，请填 yes 或 no。",
    '"{value}" is neither yes nor no; give one of them.',
)
NOT_A_DATE = Template(
    "not-a-date",
    "“{value}”不是有效日期，请按 2024-03-31 的形式填写。",
    '"{value}" is not a date; write it like 2024-03-31.',
)
UNKNOWN_STATE = Template(
    "unknown-state",
    "状态“{value}”不存在，可用 unknown（不清楚）或 not_applicable（不适用，须附 reason）。",
    'There is no state "{value}"; use unknown, or not_applicable with a reason.',
)
MUST_APPLY = Template(
    "must-apply",
    "此题不可答“不适用”，请作答，或填“不清楚”（unknown）。",
    'This question applies to every firm; answer it, or say "unknown".',
)
NO_REASON = Template(
    "no-reason",
    "答“不适用”须写明原因，例如 n/a:本企业无此业务。",
    '"Not applicable" needs a reason, for example n/a:we have no such business.',
)
UNKNOWN_QUESTION = Template(
    "unknown-question",
    "问卷 {questionnaire} 没有题目“{value}”，请更正或删去。{hint}",
    'Questionnaire {questionnaire} has no question "{value}"; correct or remove it.{hint}',
)
UNKNOWN_FIELD = Template(
    "unknown-field",
    "企业信息没有“{value}”一项，可用：{allowed}。{hint}",
    'There is no firm field "{value}"; the fields are {allowed}.{hint}',
)
MISSING = Template(
    "missing",
    "必须填写{what}。",
    "{what} must be given.",
)
BAD_USCC = Template(
    "bad-uscc",
    "“{value}”不是有效的统一社会信用代码：{why}。",
    '"{value}" is not a valid unified social credit code: {why}.',
)
BAD_INDUSTRY = Template(
    "bad-industry",
    "“{value}”不是行业代码，请填 GB/T 4754 的 2 至 4 位数字，例如 3484。",
    '"{value}" is not an industry code; give the 2 to 4 digits of GB/T 4754, like 3484.',
)
SAME_FIRM = Template(
    "same-firm",
    "该企业已在第 {line} 行出现，保留先出现的一行；请删去重复的一行。",
    "This firm already stands in line {line}, which is kept; remove the repetition.",
)
BROKEN_JSON = Template(
    "broken-json",
    "此行不是完整的 JSON 对象（{why}），请检查引号、括号和逗号。",
    "This line is not one whole JSON object ({why}); check quotes, brackets and commas.",
)
NOT_A_SHEET = Template(
    "not-a-sheet",
    "此行应为含 firm 与 answers 两个对象的 JSON 对象；缺少或有误：{what}。",
    "A line must be a JSON object that holds the objects firm and answers; "
    "missing or wrong: {what}.",
)
LINE_TOO_LONG = Template(
    "line-too-long",
    "此行超过 {bound} 字节，无法读取；一行只放一家企业的答卷。",
    "This line is longer than {bound} bytes and cannot be read; one line holds one firm.",
)
NOT_DECODABLE = Template(
    "not-decodable",
    "此行不是有效的 {encoding} 文本，请将文件另存为 UTF-8。",
    "This line is not valid {encoding} text; save the file as UTF-8.",
)
EXTRA_CELLS = Template(
    "extra-cells",
    "“{value}”不在任何列标题之下；请检查多余的分隔符，或给该列加上标题。",
    '"{value}" stands under no heading; look for a stray separator, or give the column a heading.',
)
BROKEN_CSV = Template(
    "broken-csv",
    "此行不是有效的 CSV（{why}），请检查引号是否成对。",
    "This line is not valid CSV ({why}); check that quotation marks come in pairs.",
)
