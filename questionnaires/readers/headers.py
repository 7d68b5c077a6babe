"""The header row of CSV and Excel: which column holds what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from questionnaires.errors import SheetsUnreadable
from questionnaires.firmfields import FIELD_IDS
from questionnaires.model import Questionnaire
from questionnaires.normal import plain, shown
from questionnaires.problems import EXCEL_ERROR, EXCEL_ERRORS, EXTRA_CELLS, Template, hint
from questionnaires.reading import RawSheet, Rejection
from questionnaires.states import from_cell
from questionnaires.text import Text

IN_CHINESE: Mapping[str, str] = MappingProxyType(
    {
        "统一社会信用代码": "uscc",
        "社会信用代码": "uscc",
        "信用代码": "uscc",
        "企业名称": "name",
        "单位名称": "name",
        "名称": "name",
        "行业代码": "industry",
        "所属行业代码": "industry",
        "从业人员": "employees",
        "从业人数": "employees",
        "从业人员数": "employees",
        "员工人数": "employees",
        "营业收入": "revenue",
        "所在区域": "region",
        "所在街道": "region",
        "街道": "region",
        "园区": "region",
        "街道园区": "region",
    }
)
_ASIDE = re.compile(r"\([^)]*\)|\s|/")
UNKNOWN_COLUMN = Text(
    "“{name}”的列标题“{column}”既不是企业信息也不是问卷 {questionnaire} 的题目编号，"
    "请更正或删去该列。{hint}",
    'The heading "{column}" in "{name}" is neither a firm field nor a question id of '
    "{questionnaire}; correct it or remove the column.{hint}",
)
REPEATED_COLUMN = Text(
    "“{name}”的列“{column}”出现了两次，请删去其中一列。",
    'The column "{column}" stands twice in "{name}"; remove one of them.',
)
NO_CODE_COLUMN = Text(
    "“{name}”的首行没有“uscc”（统一社会信用代码）一列；首行须为列标题。",
    'The first row of "{name}" has no column "uscc"; the first row holds the headings.',
)


@dataclass(frozen=True, slots=True)
class Header:
    """Column by column: the name of a firm field or question, '' where there is no heading."""

    names: tuple[str, ...]
    uscc: int

    def sheet(self, line: int, cells: Sequence[object]) -> RawSheet | Rejection | None:
        """A row of cells as a raw sheet; None where all are empty."""
        firm: dict[str, object] = {}
        answers: dict[str, object] = {}
        for name, cell in zip(self.names, cells, strict=False):
            if cell == "" or cell is None:
                continue
            if not name:
                return self._refused(EXTRA_CELLS, "", line, cells, cell)
            if cell in EXCEL_ERRORS:
                return self._refused(EXCEL_ERROR, name, line, cells, cell)
            kept = firm if name in FIELD_IDS else answers
            kept[name] = from_cell(cell)
        for cell in cells[len(self.names) :]:
            if cell not in ("", None):
                return self._refused(EXTRA_CELLS, "", line, cells, cell)
        return RawSheet(line, firm, answers) if firm or answers else None

    def _refused(
        self, why: Template, column: str, line: int, cells: Sequence[object], cell: object
    ) -> Rejection:
        problem = why.of(value=cell)
        uscc = shown(cells[self.uscc]) if len(cells) > self.uscc else ""
        return Rejection(line, column, shown(cell), problem.code, problem.text, uscc)


def read_header(cells: Sequence[object], questionnaire: Questionnaire, file_name: str) -> Header:
    """What each column holds, by question id, firm field or its Chinese heading, in any order.

    A heading that is neither makes the whole file unreadable: no row could be judged without
    dropping what its firm answered. So do a heading that occurs twice and one missing for the
    code. Raises `SheetsUnreadable`.
    """
    names = [_name(cell, questionnaire, file_name) for cell in cells]
    for at, name in enumerate(names):
        if name and name in names[:at]:
            raise SheetsUnreadable(REPEATED_COLUMN.format(name=file_name, column=name))
    if "uscc" not in names:
        raise SheetsUnreadable(NO_CODE_COLUMN.format(name=file_name))
    return Header(tuple(names), names.index("uscc"))


def _name(cell: object, questionnaire: Questionnaire, file_name: str) -> str:
    typed = plain(str(cell)) if cell is not None else ""
    name = typed.lower()
    if not name or name in FIELD_IDS or name in questionnaire.index:
        return name
    field = IN_CHINESE.get(_ASIDE.sub("", typed))
    if field:
        return field
    names = (*FIELD_IDS, *questionnaire.index)
    raise SheetsUnreadable(
        UNKNOWN_COLUMN.format(
            name=file_name,
            column=shown(cell),
            questionnaire=questionnaire.id,
            hint=hint(name, names),
        )
    )
