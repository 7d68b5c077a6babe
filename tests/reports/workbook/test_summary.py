from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import questionnaires
from models.firms import profile_firms
from models.peers import Group, Membership, flag_quality, rank
from models.roadmap import load_catalogue
from models.roadmap.results import PlannedProject, Roadmap
from models.scoring import Scorer, load_standard
from questionnaires.check import check_answers
from questionnaires.text import Text
from reports.dossier.batch import Batch
from reports.workbook import tables, write_summary
from reports.workbook.tables import Column, Sheet, write_tables

DAY = date(2026, 11, 22)
BECAUSE = ("system_coverage", "pains")
CREATED = datetime(2026, 11, 22)  # noqa: DTZ001  # a file's date has no zone
CODE = "91350100M000100Y43"
SCORER = Scorer(load_standard("sme-2024"), questionnaires.load("sme-2024"))


def batch_of(count: int) -> Batch:
    """`count` small firms that answered one question, and one that answered nothing."""
    firm = {"uscc": CODE, "name": "=1+1<b>&", "employees": 120, "revenue": 8600.0}
    some = check_answers(SCORER.questionnaire, {"system_coverage": "b"}, firm).sheets
    sheets = some.take([0] * (count + 1))
    states = sheets.states.copy()
    states[-1] = 0
    sheets = replace(sheets, states=states)
    profiles, scores = profile_firms(sheets.firms), SCORER.score(sheets)
    none = np.full(count + 1, -1, np.int16)
    membership = Membership(
        none, np.zeros(count + 1, np.float32), none, none > 0, np.ones(count + 1, bool)
    )
    return Batch(
        sheets=sheets,
        profiles=profiles,
        scores=scores,
        quality=flag_quality(SCORER.traits(sheets)),
        membership=membership,
        standing=rank(scores, membership, profiles),
    )


def planned(batch: Batch) -> Batch:
    project = PlannedProject("P05", 1, 8.5, 2.5, BECAUSE, (), 2.0, 15.0, yearly=True)
    roadmap = Roadmap((172.0,) * 3, (project,), (), 2.5, 5.0, 0, 0, optimal=False, gap=0.01)
    return replace(batch, roadmaps=[roadmap] * len(batch.sheets))


def written(path: Path, batch: Batch, language: str = "zh") -> dict[str, list[list[object]]]:
    write_summary(path, batch, language, day=DAY, catalogue=load_catalogue())  # type: ignore[arg-type]
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_sheet_each_of_scores_peers_and_projects(tmp_path: Path) -> None:
    sheets = written(tmp_path / "summary.xlsx", planned(batch_of(12)))
    assert list(sheets) == ["评分", "同类对比", "改造项目"]
    assert [len(rows) for rows in sheets.values()] == [14, 14, 14]
    score = dict(zip(sheets["评分"][0], sheets["评分"][1], strict=True))
    assert (score["评分"], score["数字化基础"], score["已作答"]) == (2.5, 2.5, 1)
    assert score["规模"] == "小型"
    project = dict(zip(sheets["改造项目"][0], sheets["改造项目"][1], strict=True))
    assert project["参考估算（万元）"] == 8.5
    assert project["依据题目"] == "信息系统覆盖；眼下最头疼的是哪几件事？"


def test_a_diagnosis_that_stopped_early_writes_what_it_has(tmp_path: Path) -> None:
    batch = batch_of(2)
    scored = replace(batch, standing=None, membership=None, quality=None)
    assert list(written(tmp_path / "summary.xlsx", scored, "en")) == ["Scores"]


def test_a_firm_without_answers_has_no_score(tmp_path: Path) -> None:
    rows = written(tmp_path / "summary.xlsx", batch_of(1))["评分"]
    assert [row[rows[0].index("评分")] for row in rows[1:]] == [2.5, ""]


@pytest.mark.parametrize(("between", "second"), [(True, "成长型"), (False, "")])
def test_the_second_group_is_told_of_a_firm_between_groups(
    tmp_path: Path, between: bool, second: str
) -> None:
    batch = batch_of(1)
    assert batch.membership is not None
    membership = replace(
        batch.membership,
        group=np.array([0, 0], np.int16),
        second=np.array([1, 1], np.int16),
        between=np.array([between, False]),
    )
    names = (("g1", "起步型"), ("g2", "成长型"))
    groups = [Group(id_, Text(name, id_), 200, {}, (), ()) for id_, name in names]
    path = tmp_path / "summary.xlsx"
    write_summary(path, replace(batch, membership=membership), "zh", day=DAY, groups=groups)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("同类对比").to_python()
    assert rows[1][2:4] == ["起步型", second]


def test_too_few_peers_leave_the_ranks_empty(tmp_path: Path) -> None:
    rows = written(tmp_path / "summary.xlsx", batch_of(3))["同类对比"]
    assert rows[1][rows[0].index("评分百分位")] == ""
    assert rows[1][rows[0].index("其他企业数")] == 0


def test_texts_are_never_formulas(tmp_path: Path) -> None:
    path = tmp_path / "summary.xlsx"
    rows = written(path, batch_of(1))["评分"]
    assert rows[1][1] == "=1+1<b>&"
    with ZipFile(path) as archive:
        content = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in content
    assert b"<t></t>" not in content, "what is not known is an empty cell, not an empty text"
    assert b"&lt;b&gt;&amp;" in content


def test_the_head_is_frozen_and_filtered(tmp_path: Path) -> None:
    path = tmp_path / "summary.xlsx"
    written(path, batch_of(1))
    with ZipFile(path) as archive:
        content = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in content
    assert 'orientation="landscape"' in content
    assert 'fitToHeight="0"' in content
    assert '<autoFilter ref="A1:N3"/>' in content
    assert '<dimension ref="A1:N3"/>' in content


def test_two_runs_are_byte_identical(tmp_path: Path) -> None:
    for name in ("one", "two"):
        written(tmp_path / name, planned(batch_of(5)))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def read_back(sheet: Sheet) -> CalamineWorkbook:
    buffer = BytesIO()
    write_tables(buffer, [sheet], CREATED)
    buffer.seek(0)
    return CalamineWorkbook.from_filelike(buffer)


def test_rows_beyond_a_sheet_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    book = read_back(Sheet("n", (Column("a", 9, [1, 2, 3]),)))
    assert book.sheet_names == ["n", "n 2"]
    assert book.get_sheet_by_name("n 2").to_python() == [["a"], [3.0]]


def test_a_table_without_rows_has_its_head() -> None:
    book = read_back(Sheet("n", (Column("a", 9, []), Column("b", 9, []))))
    assert book.get_sheet_by_name("n").to_python() == [["a", "b"]]


printable = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1)
points = st.integers(0, 10**7).map(lambda thousandths: thousandths / 1000)
cells = st.one_of(printable, points, st.none())


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=8))
def test_cells_come_back_as_they_went_in(rows: list[tuple[object, object]]) -> None:
    columns = tuple(
        Column(head, 9, [row[at] for row in rows])  # type: ignore[misc]
        for at, head in enumerate("ab")
    )
    read = read_back(Sheet("n", columns)).get_sheet_by_name("n")
    back = read.to_python(skip_empty_area=False)[1:]
    told = [["" if cell is None else cell for cell in row] for row in rows]
    assert without_end(back) == without_end(told)


def without_end(rows: list[list[object]]) -> list[list[object]]:
    """The rows down to the last one that holds something."""
    last = max((at for at, row in enumerate(rows, 1) if row != ["", ""]), default=0)
    return rows[:last]
