"""The rows of a form, put back together: one question's answer out of its cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from questionnaires.check.columns import Reader
from questionnaires.kinds import KINDS
from questionnaires.model import Question
from questionnaires.normal import plain
from questionnaires.offline import layout
from questionnaires.offline.cells import CELLS, is_ticked
from questionnaires.problems import EXCEL_ERROR, FailedCell, Problem, Template
from questionnaires.sheets import State

NO_ROW = Template(
    "no-row",
    "表里没有这道题的行（可能被删掉了）；原来的答案不动。",
    "The form has no row for this question (it may have been deleted); the answer stays as it is.",
)
ROWS_DISAGREE = Template(
    "rows-disagree",
    "这道题有几行，填得不一样，请只留一行。",
    "This question has several rows that say different things; keep one.",
)
BOTH = Template(
    "answer-and-state",
    "既填了答案，又选了“{value}”，请只留一个。",
    'There is an answer and also "{value}"; keep one of them.',
)
ONLY_REASON = Template(
    "only-a-reason",
    "写了不适用的原因，但没有选“不适用”；请选上，或删去原因。",
    'There is a reason but "does not apply" is not chosen; choose it, or delete the reason.',
)
UNKNOWN_WORD = Template(
    "unknown-word",
    "“{value}”不是“不清楚”或“不适用”，请从下拉框里选。",
    '"{value}" is neither "I do not know" nor "does not apply"; choose from the list.',
)
_STATES: Mapping[str, str] = {
    **dict.fromkeys(("不清楚", "不知道", "未知", "idonotknow", "unknown"), "unknown"),
    **dict.fromkeys(("不适用", "doesnotapply", "n/a", "not_applicable"), "not_applicable"),
}


Grid = Sequence[Sequence[object]]
"""The cells of a sheet, row by row."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row about a question, or about one `option` of it; `number` is Excel's."""

    sheet: str
    number: int
    question: str
    option: str
    answer: object
    state: str
    reason: str
    was: str


@dataclass(frozen=True, slots=True)
class Found:
    """An answer as answer sheets hold it; None where nothing was said."""

    answer: object


def rows_of(sheet: str, cells: Grid) -> Iterator[Row]:
    """The rows of a sheet that are about questions; none where it has no row of column names."""
    at: dict[str, int] = {}
    for number, line in enumerate(cells, start=1):
        names = {str(cell).strip(): place for place, cell in enumerate(line)}
        if all(name in names for name in layout.NEEDED):
            at = {name: names[name] for name in layout.COLUMNS if name in names}
            continue
        said = {name: line[place] for name, place in at.items() if place < len(line)}
        question, _, option = str(said.get(layout.KEY, "")).strip().partition("/")
        if question:
            yield Row(
                sheet,
                number,
                question,
                option,
                _blank_as_text(said.get(layout.ANSWER)),
                _as_text(said.get(layout.STATE), strip=True),
                _as_text(said.get(layout.REASON)),
                str(_blank_as_text(said.get(layout.WAS))),
            )


def answer_of(question: Question, rows: list[Row]) -> Found | Problem:
    """What the rows of one question say."""
    for row in rows:
        for cell in (row.answer, row.state, row.reason):
            if isinstance(cell, FailedCell):
                return EXCEL_ERROR.of(value=cell)
    own = {(row.answer, row.state, row.reason): row for row in rows if not row.option}
    if len(own) != 1:
        return ROWS_DISAGREE.of() if own else NO_ROW.of()
    row = next(iter(own.values()))
    answer = _ticked(rows) if question.kind == "multi" else _typed(question, row.answer)
    if isinstance(answer, Problem):
        return answer
    raw = _with_state(row, answer)
    return raw if isinstance(raw, Problem) else _checked(question, raw)


def _typed(question: Question, cell: object) -> object:
    return None if cell == "" else CELLS[question.kind].read(question, cell)


def _ticked(rows: list[Row]) -> object:
    """The ids of the ticked options, None where there are none; or what is wrong."""
    ticks: dict[str, bool] = {}
    for row in rows:
        if not row.option:
            continue
        tick = is_ticked(row.answer)
        if isinstance(tick, Problem):
            return tick
        if ticks.setdefault(row.option, tick) != tick:
            return ROWS_DISAGREE.of()
    return [option for option, tick in ticks.items() if tick] or None


def _with_state(row: Row, answer: object) -> object:
    """The answer, or the state that stands beside it."""
    state = _STATES.get("".join(plain(row.state).lower().split()))
    if row.state and state is None:
        return UNKNOWN_WORD.of(value=row.state)
    if answer is not None and state:
        return BOTH.of(value=row.state)
    if state == "not_applicable":
        return {"state": state, "reason": row.reason}
    if row.reason.strip() and not state:
        return ONLY_REASON.of()
    return {"state": state} if state else answer


def _checked(question: Question, raw: object) -> Found | Problem:
    """The answer in the one form in which it is kept, judged as on any answer sheet."""
    kind = KINDS[question.kind]
    said = Reader(question, kind).one(raw)
    if isinstance(said, Problem):
        return said
    if said.state == State.UNANSWERED:
        return Found(None)
    if said.state == State.ANSWERED:
        return Found(kind.write(question, said.value))
    if said.state == State.UNKNOWN:
        return Found({"state": "unknown"})
    return Found({"state": "not_applicable", "reason": said.reason})


def _blank_as_text(cell: object) -> object:
    return "" if cell is None or (isinstance(cell, str) and not cell.strip()) else cell


def _as_text(cell: object, *, strip: bool = False) -> str:
    """A cell of words as a text; an error stays one."""
    if isinstance(cell, FailedCell):
        return cell
    text = str(_blank_as_text(cell))
    return text.strip() if strip else text
