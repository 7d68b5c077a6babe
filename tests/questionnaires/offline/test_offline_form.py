import random
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import questionnaires
from questionnaires.offline import FormFirm, FormRefused, differences, read_form, write_form
from questionnaires.writers import raw_answers
from tests.questionnaires.offline.workbooks import cells_of, put, rewritten
from tests.questionnaires.sheet_factory import example, sheets

FIRM = FormFirm("91420102MA4K000000", "武汉一号机械有限公司")
EVERY = example("every-kind")
SME = questionnaires.load("sme-2024")
FORMS = Path(__file__).parents[2] / "examples" / "forms"
ANSWERS = {
    "pick": "b",
    "several": ["x", "z"],
    "count": 12,
    "amount": 0.1,
    "share": 35,
    "story": "=1+1\n第二行",
    "told": False,
    "day": "2024-03-31",
}


def form(answers=ANSWERS, questionnaire=EVERY, language="zh", edition=3):
    return write_form(questionnaire, language, FIRM, answers, edition)


def read(content, questionnaire=EVERY):
    return read_form(content, questionnaire, FIRM.uscc)


def given_of(reading):
    return {name: raw for name, raw in reading.answers.items() if raw is not None}


def changed(key, column, value, answers=ANSWERS):
    return read(rewritten(form(answers), put(key, column, value)))


def test_an_answer_whose_formula_failed_is_told_and_the_others_are_read():
    reading = changed("story", "#answer", "#REF!")
    assert [(bad.question, bad.row > 0) for bad in reading.problems] == [("story", True)]
    assert "#REF!" in reading.problems[0].text.zh
    assert given_of(reading)["count"] == ANSWERS["count"]


@pytest.mark.parametrize("name", ["every-kind", "routing", "not-applicable", "date", "whole"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_written_is_read_back(name, language):
    questionnaire = example(name)

    @settings(deadline=None, max_examples=20)
    @given(sheets(questionnaire, most=1), st.integers(0, 10**6))
    def law(drawn, edition):
        answers = raw_answers(drawn, 0)
        reading = read(write_form(questionnaire, language, FIRM, answers, edition), questionnaire)
        assert not reading.problems
        assert given_of(reading) == answers
        assert reading.answers == {q.id: answers.get(q.id) for q in questionnaire.questions}
        assert {q: raw for q, raw in reading.was.items() if raw is not None} == answers
        assert reading.edition == edition
        assert not differences(questionnaire, reading, answers)

    law()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_published_questionnaire_fits_the_form(language):
    content = form({}, SME, language)
    assert not given_of(read(content, SME))
    said = {cell for rows in cells_of(content).values() for row in rows for cell in row}
    for question in SME.questions:
        assert any(question.label.to(language) in str(cell) for cell in said), question.id
        for option in question.options:
            assert option.label.to(language) in said, (question.id, option.id)


def test_equal_answers_give_equal_bytes():
    assert form() == form()


def test_no_text_is_a_formula():
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://a.b", "=HYPERLINK(1)"]
    for text in texts:
        content = form({"story": text, "pick": {"state": "not_applicable", "reason": text}})
        with ZipFile(BytesIO(content)) as archive:
            xml = b"".join(archive.read(n) for n in archive.namelist() if "worksheets/" in n)
        assert b"<f>" not in xml
        assert b"<f " not in xml


def test_only_cells_to_fill_in_are_unlocked():
    with ZipFile(BytesIO(form())) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    formats = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles.split("<cellXfs")[1])
    open_ones = {at for at, xf in enumerate(formats) if 'locked="0"' in xf}
    columns = {
        match[1]
        for match in re.finditer(r'<c r="([A-Z]+)\d+" s="(\d+)"', sheet)
        if int(match[2]) in open_ones
    }
    assert columns == {"D", "F", "G"}
    assert "<sheetProtection" in sheet


@pytest.mark.parametrize("seed", range(3))
def test_rows_and_columns_may_be_moved(seed):
    shuffle = random.Random(seed).shuffle

    def move(found):
        for name, rows in found.items():
            if not name.startswith("_"):
                body = rows[1:]
                shuffle(body)
                order = list(range(max(map(len, rows))))
                shuffle(order)
                found[name] = [
                    [row[at] if at < len(row) else "" for at in order] for row in [rows[0], *body]
                ]

    assert given_of(read(rewritten(form(), move))) == ANSWERS


@pytest.mark.parametrize(
    ("key", "column", "typed", "meant"),
    [
        ("pick", "#answer", " 选项 a ", "a"),
        ("pick", "#answer", "Option  A", "a"),
        ("pick", "#answer", "a", "a"),
        ("pick", "#answer", 0.0, "0"),
        ("several/y", "#answer", "✓", ["x", "y", "z"]),
        ("several/x", "#answer", "否", ["z"]),
        ("several/y", "#answer", 1.0, ["x", "y", "z"]),
        ("count", "#answer", "１２０", 120),
        ("count", "#answer", "1,200", 1200),
        ("amount", "#answer", " ０.５ ", 0.5),
        ("share", "#answer", "40%", 40),
        ("story", "#answer", 42.0, "42"),
        ("told", "#answer", "Yes", True),
        ("told", "#answer", "是 ", True),
        ("told", "#answer", True, True),
        ("day", "#answer", "2024年3月1日", "2024-03-01"),
        ("story", "#answer", "  ", None),
    ],
)
def test_cells_are_read_as_they_were_meant(key, column, typed, meant):
    reading = changed(key, column, typed)
    assert not reading.problems
    assert reading.answers[key.split("/")[0]] == meant


@pytest.mark.parametrize(
    ("column", "typed", "meant"),
    [
        ("#state", "不清楚", {"state": "unknown"}),
        ("#state", " I do not know", {"state": "unknown"}),
        ("#state", "未知", {"state": "unknown"}),
    ],
)
def test_states_are_read_in_either_language(column, typed, meant):
    assert changed("count", column, typed, {}).answers["count"] == meant


@pytest.mark.parametrize(
    ("key", "column", "typed", "said"),
    [
        ("pick", "#answer", "选项 q", "“选项 q”不在选项里"),
        ("several/y", "#answer", "x", "看不出是选了还是没选"),
        ("several/none", "#answer", "√", "不能与其他选项同时选择"),
        ("count", "#answer", "约一百", "不是数字"),
        ("count", "#answer", -1.0, "最小值"),
        ("count", "#answer", 1.5, "不是整数"),
        ("share", "#answer", 101.0, "最大值"),
        ("story", "#answer", "长" * 301, "最多允许 300"),
        ("told", "#answer", "也许", "不在选项里"),
        ("day", "#answer", "下周", "不是有效日期"),
        ("count", "#state", "不清楚", "既填了答案"),
        ("count", "#state", "大概", "不是“不清楚”或“不适用”"),
        ("count", "#reason", "没有设备", "没有选“不适用”"),
    ],
)
def test_a_bad_cell_is_told_with_its_place_and_loses_no_other(key, column, typed, said):
    answers = {**ANSWERS, "count": 12} if column != "#reason" else {**ANSWERS, "count": None}
    content = form({name: raw for name, raw in answers.items() if raw is not None})
    reading = read(rewritten(content, put(key, column, typed)))
    (problem,) = reading.problems
    question = key.split("/")[0]
    assert said in problem.text.zh
    assert problem.question == question
    assert problem.sheet == "1 唯一一节"
    assert cells_of(content)[problem.sheet][problem.row - 1][8] == question
    others = {name: raw for name, raw in ANSWERS.items() if name != question}
    assert given_of(reading) == others


def test_not_applicable_needs_a_reason():
    reading = changed("count", "#state", "不适用", {})
    assert "须写明原因" in reading.problems[0].text.zh


def test_a_deleted_row_is_told_and_its_answer_left_alone():
    def drop(found):
        for name in found:
            found[name] = [row for row in found[name] if "count" not in row]

    reading = read(rewritten(form(), drop))
    assert "没有这道题的行" in reading.problems[0].text.zh
    assert "count" not in reading.answers
    assert not differences(EVERY, reading, ANSWERS)


@pytest.mark.parametrize(("copied", "problems"), [("same", 0), ("other", 1)])
def test_a_copied_row_may_not_say_something_else(copied, problems):
    def copy(found):
        rows = found["1 唯一一节"]
        row = list(next(row for row in rows if "count" in row))
        row[3] = row[3] if copied == "same" else 99.0
        rows.append(row)

    assert len(read(rewritten(form(), copy)).problems) == problems


def test_a_form_saved_by_another_program_is_read():
    """Saved anew by LibreOffice 7.4, whose strings, styles and dates differ from Excel's."""
    content = (FORMS / "every-kind-libreoffice.xlsx").read_bytes()
    reading = read(content)
    assert not reading.problems
    assert given_of(reading) == ANSWERS


def test_differences_say_who_changed_what():
    content = rewritten(form(), put("count", "#answer", 99.0))
    content = rewritten(content, put("share", "#answer", 50.0))
    content = rewritten(content, put("story", "#answer", ""))
    now = {**ANSWERS, "share": 60, "told": True}
    found = differences(EVERY, read(content), now)
    assert [(d.question.id, d.kept, d.given, d.was, d.change) for d in found] == [
        ("count", 12, 99, 12, "file"),
        ("share", 60, 50, 35, "both"),
        ("story", ANSWERS["story"], None, ANSWERS["story"], "emptied"),
        ("told", True, False, False, "service"),
    ]
    assert [d.question.id for d in found if d.proposed] == ["count"]


def about(name, value):
    def change(found):
        for row in found["_form"]:
            if row[0] == name:
                row[1] = value

    return change


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("uscc", "91420102MA4K999999", "另一家企业"),
        ("questionnaire", "sme-2024", "这张表用的是问卷 sme-2024 1.0.0"),
        ("version", "2.0.0", "every-kind 2.0.0"),
        ("format", "9", "不是从本系统下载"),
    ],
)
def test_a_form_of_somebody_or_something_else_is_refused(name, value, said):
    with pytest.raises(FormRefused) as refused:
        read(rewritten(form(), about(name, value)))
    assert said in refused.value.message.zh


def test_a_form_of_a_patch_version_is_read():
    assert given_of(read(rewritten(form(), about("version", "1.0.7")))) == ANSWERS


def packed(*parts):
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


FAR_CELL = b'<worksheet><sheetData><c r="XFD1048576"/></sheetData></worksheet>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a workbook",
        b"a,b\n1,2\n",
        b"PK\x03\x04 and then nothing",
        packed(("a.txt", b"hello")),
        packed(("xl/workbook.xml", b"<workbook"), ("[Content_Types].xml", b"<Types/>")),
        packed(("xl/workbook.xml", b"<workbook/>"), ("xl/a.xml", b" " * (70 << 20))),
        packed(("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", FAR_CELL)),
        packed(("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>')),
        form()[:4000],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
    ],
    ids=["empty", "text", "csv", "stub", "zip", "torn", "bomb", "far", "entity", "cut", "old"],
)
def test_what_is_no_form_is_refused_with_a_sentence(content):
    with pytest.raises(FormRefused) as refused:
        read(content)
    assert refused.value.message.zh.endswith("。")


def test_another_workbook_is_refused_as_no_form():
    with pytest.raises(FormRefused) as refused:
        read(rewritten(form(), lambda _: {"Sheet1": [["a", 1.0]]}))
    assert "不是从本系统下载" in refused.value.message.zh
