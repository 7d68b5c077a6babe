from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event
from sqlmodel import Session, func, select

from diagnose.fictional import district
from diagnose.records import Answer, Assessment, Firm, Judgement
from diagnose.records.importing import import_district
from models.firms import profile_firms
from models.scoring import Scorer, load_standard
from questionnaires.writers import raw_answers
from tests.diagnose.factories import make_firm


@pytest.fixture(scope="module")
def firms():
    """A thousand fictional firms' sheets."""
    return district(1000).sheets


@contextmanager
def counted(engine):
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def test_a_district_is_kept_as_it_was_drawn_and_judged(session, firms):
    sheets = firms.take(range(40))
    assert import_district(session, sheets) == 40
    scores = Scorer(load_standard("sme-2024"), sheets.questionnaire).score(sheets)
    found = session.exec(
        select(Firm, Assessment, Judgement)
        .join(Assessment, Assessment.firm_id == Firm.id)
        .join(Judgement, Judgement.assessment_id == Assessment.id)
        .order_by(Firm.id)
    ).all()
    assert [firm.uscc for firm, _a, _j in found] == sheets.firms.uscc.tolist()
    assert [judged.score for _f, _a, judged in found] == scores.score.tolist()
    assert [held.size for _f, held, _j in found] == profile_firms(sheets.firms).size.tolist()
    assert all(firm.fictional for firm, _a, _j in found)
    answers = session.exec(select(Answer).where(Answer.assessment_id == found[7][1].id))
    assert {a.question: a.raw for a in answers} == raw_answers(sheets, 7)


def test_a_new_district_replaces_the_old_and_leaves_real_firms(session, firms):
    session.add(make_firm())
    session.commit()
    import_district(session, firms.take(range(30)))
    import_district(session, firms.take(range(20, 40)))
    fictional = select(func.count()).where(Firm.fictional)
    assert session.scalar(fictional) == 20
    assert session.scalar(select(func.count()).select_from(Firm)) == 21
    assert session.scalar(select(func.count()).select_from(Judgement)) == 20


def test_an_import_that_fails_leaves_nothing_behind(session, firms, engine):
    import_district(session, firms.take(range(10)))
    broken = firms.take([20, 21, 20])
    with pytest.raises(Exception, match="UNIQUE"):
        import_district(session, broken)
    session.rollback()
    with Session(engine) as other:
        assert other.scalar(select(func.count()).select_from(Firm)) == 10


@pytest.mark.parametrize("path", ["/district/", "/district/?search=机&level=2&size=1&industry=34"])
def test_the_list_asks_the_database_as_often_for_10_firms_as_for_1000(
    app, visitor, session, firms, path
):
    asked = []
    for count in (10, 1000):
        import_district(session, firms.take(range(count)))
        with counted(app.extensions["database"]) as statements:
            visitor.get(path)
        asked.append(len(statements))
    assert asked == [3, 3]


def test_the_start_page_asks_as_often_for_one_sheet_as_for_many(app, visitor, begin):
    asked = []
    for _more in range(2):
        for _sheet in range(6):
            begin()
        with counted(app.extensions["database"]) as statements:
            visitor.get("/")
        asked.append(len(statements))
    assert asked == [2, 2]


def rows(page):
    return [e["text"] for e in page.all("th", scope="row")]


def test_filters_narrow_the_list(visitor, session, firms):
    sheets = firms.take(range(60))
    import_district(session, sheets)
    scores = Scorer(load_standard("sme-2024"), sheets.questionnaire).score(sheets)
    page = visitor.get("/district/?level=2")
    assert f"{int((scores.level == 2).sum())} 家企业" in page.text
    name = sheets.firms.name[5]
    assert rows(visitor.get(f"/district/?search={name[3:9]}"))
    assert rows(visitor.get(f"/district/?search={sheets.firms.uscc[5].lower()}")) == [name]
    assert rows(visitor.get("/district/?search=%25")) == []
    assert len(rows(visitor.get("/district/?level=x&size=&page=0"))) == 25
    assert len(rows(visitor.get("/district/?page=999"))) == 10
    assert "没有同时符合" in visitor.get("/district/?level=9").text
    assert len(rows(visitor.get(f"/district/?level={10**30}&size=٣"))) == 25


def test_an_empty_district_says_how_to_make_one(visitor):
    assert "diagnose demo" in visitor.get("/district/").text


def test_fictional_data_is_marked_on_list_and_result(visitor, session, firms):
    import_district(session, firms.take(range(20)))
    assert "虚构数据" in visitor.get("/district/").text
    assert "虚构数据" in visitor.get("/results/1").text
    assert "虚构数据" not in visitor.get("/").text


def test_a_firm_with_markup_in_its_name_is_shown_as_typed(visitor, session, firms):
    sheets = firms.take(range(5))
    names = sheets.firms.name.copy()
    names[0] = "<b>&</b>'\""
    import_district(session, replace(sheets, firms=replace(sheets.firms, name=names)))
    assert "<b>&</b>'\"" in rows(visitor.get("/district/"))
    assert visitor.get("/results/1").heading == "<b>&</b>'\""
