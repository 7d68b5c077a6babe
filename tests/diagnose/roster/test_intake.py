import signal
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import event
from sqlmodel import select

from diagnose.records import Actor, AuditEntry, Firm
from diagnose.records.roster import Change, Listing, RosterEvent, RosterImport, Spell
from diagnose.roster.intake.mending import to_mend
from diagnose.roster.intake.telling import tell
from diagnose.roster.intake.undoing import UndoRefused, undo
from diagnose.roster.intake.writing import ImportRefused, Source, take_over
from diagnose.roster.keeping import histories, refold
from diagnose.roster.recording import record
from questionnaires.clock import today
from reports.workbook.tables import write_tables
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import DISTRICT, make_firm
from tests.diagnose.roster.rosterfiles import (
    DAY,
    HEADINGS,
    bring,
    plan_of,
    write_csv,
    write_xlsx,
)

NAME = "武汉一号机械有限公司"
FULL = (*HEADINGS, "园区", "入规日期", "入规方式", "产业链", "优质称号", "联系人", "电话", "网格员")


def row_of(code=None, name="甲机械", industry="3484", region="后湖街道", people=120, money=8600.0):
    return [code or make_uscc(), name, industry, region, people, money]


def spells(session, *firms):
    found = select(Spell).where(Spell.firm_id.in_([firm.id for firm in firms]))
    return sorted(
        tuple(getattr(spell, name) for name in Spell.model_fields if name != "id")
        for spell in session.exec(found)
    )


def of(session, uscc):
    return session.exec(select(Firm).where(Firm.uscc == uscc)).one()


def test_new_firms_enter_on_their_day_with_all_that_the_file_says(session, tmp_path):
    codes = [make_uscc(), make_uscc()]
    rows = [
        [
            *row_of(codes[0]),
            "一号园",
            "2024-05-01",
            "月度",
            "汽车",
            "专精特新",
            "张三",
            "138",
            "李四",
        ],
        [*row_of(codes[1], "乙食品", "1432", ""), "", "", "", "", "", "", "", ""],
    ]
    row = bring(session, write_csv(tmp_path / "a.csv", rows, FULL))
    assert (row.added, row.changed, row.left, row.same, row.refused) == (2, 0, 0, 0, 0)
    first, second = of(session, codes[0]), of(session, codes[1])
    assert (first.park, first.chain, first.honours, first.contact) == ("一号园", "汽车", 2, "张三")
    assert (first.phone, first.grid, first.on_roster) == ("138", "李四", True)
    events = session.exec(select(RosterEvent).order_by(RosterEvent.id)).all()
    assert [event.effective_on for event in events] == [date(2024, 5, 1), DAY]
    assert events[0].facts["how"] == "monthly"
    assert {event.import_id for event in events} == {row.id}
    assert "138" not in str([event.facts for event in events])
    assert second.industry == "1432"


def test_spells_written_in_bulk_are_those_that_events_fold_to(session, tmp_path):
    rows = [
        [*row_of(), "一号园", "2024-05-01", "", "汽车", "小巨人", "", "", ""],
        [*row_of(people="", money=""), "", "", "", "", "", "", "", ""],
        [*row_of(industry="", region=""), "", "2025-01-01", "", "", "", "", "", ""],
    ]
    bring(session, write_csv(tmp_path / "a.csv", rows, FULL))
    firms = session.exec(select(Firm)).all()
    written = spells(session, *firms)
    refold(session, DISTRICT, [firm.id for firm in firms], today())
    assert spells(session, *firms) == written


HAPPENED = (
    (),
    ((Change.LEFT, date(2025, 6, 1)),),
    ((Change.STOPPED, date(2025, 6, 1)),),
    ((Change.STOPPED, date(2025, 6, 1)), (Change.LEFT, date(2025, 6, 1))),
    ((Change.EXEMPTED, date(2026, 6, 1)),),
    ((Change.RENAMED, DAY),),
    ((Change.STOPPED, DAY), (Change.RESUMED, date(2026, 5, 1))),
    ((Change.CLOSED, date(2026, 6, 1)),),
)
SAID = {Change.EXEMPTED: {"ground": 2}, Change.RENAMED: {"name": "中间名"}}


def test_firms_that_change_stand_as_their_events_fold_to_and_so_they_do_once_it_is_undone(
    session, tmp_path
):
    rows = [row_of(), row_of(people="", money="")]
    bring(session, write_csv(tmp_path / "a.csv", rows))
    bare = make_firm(session, uscc=make_uscc(), on_roster=False)
    firms = [make_firm(session, name=f"旧{at}", park="") for at in range(4 * len(HAPPENED))]
    for at, firm in enumerate(firms):
        for change, day in HAPPENED[at % len(HAPPENED)]:
            record(session, Actor(), firm, change, day, facts=SAID.get(change))
    session.commit()
    firms += [of(session, row[0]) for row in rows]
    becoming = [
        {"name": "新名"},
        {"industry": "1432", "region": "新街"},
        {"people": 900, "money": 90000.0},
        {},
    ]
    given = [
        row_of(firm.uscc, **{"name": firm.name, **becoming[at // len(HAPPENED) % 4]})
        for at, firm in enumerate(firms[:-3])
    ]
    given.append(row_of(bare.uscc, "进来了"))
    everyone = [*firms, bare]

    def as_kept():
        session.expire_all()
        rows = [firm.model_dump(exclude={"created_at"}) for firm in everyone]
        return spells(session, *everyone), rows

    before = as_kept()
    row = bring(session, write_csv(tmp_path / "b.csv", given), good_only=True, whole=True)
    assert row.left
    brought = as_kept()
    refold(session, DISTRICT, [firm.id for firm in everyone], today())
    assert as_kept() == brought != before
    undo(session, Actor(), row)
    session.commit()
    undone = as_kept()
    refold(session, DISTRICT, [firm.id for firm in everyone], today())
    assert as_kept() == undone
    assert undone[1] == before[1]


def test_what_changes_becomes_the_event_that_it_is(session, tmp_path):
    firm, same = make_firm(session, contact="旧人"), make_firm(session, name="不变")
    changed = [*row_of(firm.uscc, "新名", "1432", "谌家矶", "", 9000.0), "新人"]
    kept = [*row_of(same.uscc, "不变"), ""]
    path = write_csv(tmp_path / "a.csv", [changed, kept], (*HEADINGS, "联系人"))
    row = bring(session, path)
    assert (row.changed, row.same) == (1, 1)
    events = session.exec(select(RosterEvent).where(RosterEvent.import_id == row.id)).all()
    assert [(event.change, event.facts) for event in events] == [
        (Change.RENAMED, {"name": "新名", "was": NAME}),
        (Change.INDUSTRY, {"industry": "1432", "was": "3484"}),
        (Change.DESCRIBED, {"region": "谌家矶", "revenue": 9000.0}),
    ]
    session.refresh(firm)
    assert (firm.name, firm.industry, firm.employees, firm.contact) == ("新名", "1432", 120, "新人")
    assert [spell.since for spell in session.exec(select(Spell).where(Spell.firm_id == firm.id))][
        -1
    ] == DAY


def test_a_second_import_of_the_same_file_changes_nothing(session, tmp_path):
    path = write_csv(tmp_path / "a.csv", [row_of(), row_of()])
    bring(session, path)
    again = bring(session, path)
    assert (again.added, again.changed, again.same) == (0, 0, 2)


def test_a_firm_off_the_roster_enters_again(session, tmp_path):
    firm = make_firm(session)
    record(session, Actor(), firm, Change.LEFT, date(2025, 6, 1))
    session.commit()
    bring(session, write_csv(tmp_path / "a.csv", [row_of(firm.uscc)]))
    session.refresh(firm)
    assert firm.on_roster
    held = session.exec(select(Spell).where(Spell.firm_id == firm.id).order_by(Spell.since)).all()
    assert [spell.listing for spell in held] == [Listing.LISTED, Listing.BELOW, Listing.LISTED]


def test_rows_of_others_of_the_closed_and_twice_named_are_wrong(session, tmp_path):
    foreign, closed = make_firm(session, district="别区"), make_firm(session)
    record(session, Actor(), closed, Change.CLOSED, date(2025, 6, 1))
    session.commit()
    twice = make_uscc()
    codes = [foreign.uscc, closed.uscc, twice, twice, "X"]
    path = write_csv(tmp_path / "a.csv", [row_of(code) for code in codes])
    plan = plan_of(session, path)
    told = {bad.line: bad.wrong[0].reason.zh for bad in plan.bad}
    assert sorted(told) == [2, 3, 5, 6]
    assert "其他辖区" in told[2]
    assert "已注销" in told[3]
    assert "第 4 行" in told[5]
    assert plan.unnamed == 1


def test_with_wrong_rows_nothing_is_written_unless_the_good_are_wanted(session, tmp_path):
    path = write_csv(tmp_path / "a.csv", [row_of(), row_of("91420102MA4K00000X")])
    with pytest.raises(ImportRefused):
        bring(session, path)
    session.rollback()
    assert session.exec(select(Firm)).all() == []
    row = bring(session, path, good_only=True)
    assert (row.added, row.refused) == (1, 1)


def test_the_whole_roster_names_all_who_stay(session, tmp_path):
    staying, gone = make_firm(session), make_firm(session, name="走了")
    later = make_firm(session, name="后来", entered_on=DAY + timedelta(9))
    path = write_csv(tmp_path / "a.csv", [row_of(staying.uscc, staying.name)])
    plan = plan_of(session, path, whole=True)
    assert [each.name for each in plan.left] == ["走了"]
    assert [each.name for each in plan.stuck] == ["后来"]
    row = bring(session, path, whole=True, good_only=True)
    session.expire_all()
    assert row.left == 1
    assert (staying.on_roster, gone.on_roster, later.on_roster) == (True, False, True)


def test_nobody_leaves_while_a_code_cannot_be_read(session, tmp_path):
    make_firm(session)
    path = write_csv(tmp_path / "a.csv", [row_of("X")])
    assert plan_of(session, path, whole=True).leaving == []


def test_a_bad_row_with_a_code_still_names_its_firm(session, tmp_path):
    firm = make_firm(session)
    path = write_csv(tmp_path / "a.csv", [row_of(firm.uscc, industry="ZZ")])
    plan = plan_of(session, path, whole=True)
    assert len(plan.bad) == 1
    assert plan.leaving == []


def test_a_plan_made_before_another_change_is_refused(session, tmp_path):
    plan = plan_of(session, write_csv(tmp_path / "a.csv", [row_of()]))
    make_firm(session)
    with pytest.raises(ImportRefused):
        take_over(session, plan, Source("a.csv", "0" * 64, {}), Actor())


def test_wrong_rows_come_back_as_they_were_and_can_be_brought_in_again(session, tmp_path):
    headings = ("序号", "备注", *HEADINGS)
    good, bad = row_of(), row_of(name="=1+1", industry="ZZ")
    path = write_xlsx(tmp_path / "a.xlsx", [["1", "", *good], ["2", "急", *bad]], headings)
    plan = plan_of(session, path)
    file = BytesIO()
    write_tables(file, [to_mend(headings, plan.bad, "zh")], datetime.combine(DAY, time()))
    head, row = (
        CalamineWorkbook.from_filelike(BytesIO(file.getvalue())).get_sheet_by_index(0).to_python()
    )
    assert head == [*headings, "原文件行号", "不能导入的原因"]
    assert row[:8] == ["2", "急", *bad]
    assert row[8] == 3
    assert row[9].startswith("行业代码：")
    row[4] = "3484"
    again = plan_of(session, write_xlsx(tmp_path / "b.xlsx", [row], head))
    assert (again.added, len(again.bad)) == (1, 0)


def test_a_plan_is_told_in_figures_and_samples(session, tmp_path):
    firm = make_firm(session)
    rows = [row_of(), row_of(firm.uscc, "新名"), row_of("X")]
    found = tell(plan_of(session, write_csv(tmp_path / "a.csv", rows)))
    assert (found["added"], found["changed"], found["bad"]) == (1, 1, 1)
    assert found["fields"] == {"name": 1}
    assert found["changed_sample"][0]["fields"] == [["name", firm.name, "新名"]]


def test_one_audit_row_with_figures_only(session, tmp_path):
    bring(session, write_csv(tmp_path / "a.csv", [row_of(), row_of()]))
    (entry,) = session.exec(select(AuditEntry)).all()
    assert entry.action == "roster.import"
    assert entry.details == {"added": 2, "changed": 0, "left": 0, "same": 0, "refused": 0}


def test_undoing_leaves_no_trace_on_the_roster_of_any_day(session, tmp_path):
    firm, gone = make_firm(session, contact="旧人"), make_firm(session, name="走了")
    before, facts = spells(session, firm, gone), (firm.name, firm.region, firm.contact)
    new = make_uscc()
    rows = [[*row_of(firm.uscc, "新名", region="别街"), "新人"], [*row_of(new), ""]]
    path = write_csv(tmp_path / "a.csv", rows, (*HEADINGS, "联系人"))
    row = bring(session, path, whole=True)
    assert spells(session, firm, gone) != before
    told = []
    assert undo(session, Actor(), row, told=lambda *far: told.append(far)) == 4
    assert told == [(2, 7), (3, 7), (5, 7), (7, 7), (7, 7)]
    session.commit()
    session.expire_all()
    assert spells(session, firm, gone) == before
    assert (firm.name, firm.region, firm.contact) == facts
    assert gone.on_roster
    added = of(session, new)
    assert not added.on_roster
    assert spells(session, added) == []
    assert row.undone_at
    with pytest.raises(UndoRefused):
        undo(session, Actor(), row)
    session.rollback()
    assert bring(session, path).added == 0
    assert of(session, new).on_roster


def test_undoing_is_refused_where_later_changes_build_on_it(session, tmp_path):
    code = make_uscc()
    row = bring(session, write_csv(tmp_path / "a.csv", [row_of(code), row_of()]))
    firm = of(session, code)
    record(session, Actor(), firm, Change.STOPPED, today())
    session.commit()
    with pytest.raises(UndoRefused) as refused:
        undo(session, Actor(), row)
    assert [uscc for _id, _name, uscc in refused.value.firms] == [code]


def test_progress_is_told(session, tmp_path):
    told = []
    rows = [row_of(f"坏{n}") for n in range(12_000)]
    plan_of(session, write_csv(tmp_path / "a.csv", rows), told=lambda *stand: told.append(stand))
    assert told
    assert all(0 < done <= whole for done, whole in told)


KILLED = """
import os, signal, sys
from pathlib import Path
from sqlmodel import Session
from diagnose.records import connect
from diagnose.roster.intake import writing
from tests.diagnose.roster.rosterfiles import bring

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

writing.{where} = die
with Session(connect(sys.argv[1])) as session:
    bring(session, Path(sys.argv[2]))
"""


@pytest.mark.parametrize("where", ["Changing.move", "note"])
def test_killed_midway_nothing_is_there_and_a_second_try_succeeds(session, tmp_path, where):
    firm = make_firm(session)
    rows = [row_of() for _ in range(3000)] + [row_of(firm.uscc, "新名")]
    path = write_csv(tmp_path / "a.csv", rows)
    script = KILLED.format(where=where)
    url = str(session.get_bind().url)
    killed = subprocess.run([sys.executable, "-c", script, url, str(path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    session.expire_all()
    assert [each.name for each in session.exec(select(Firm))] == [firm.name]
    assert session.exec(select(RosterImport)).all() == []
    assert len(session.exec(select(RosterEvent)).all()) == 1
    assert bring(session, path).added == 3000
    assert firm.name == "新名"


def test_statements_do_not_grow_row_by_row(session, tmp_path):
    bring(session, write_csv(tmp_path / "first.csv", [row_of()]))
    counts = []
    for count in (10, 900):
        said = []
        rows = [row_of() for _ in range(count)]
        path = write_csv(tmp_path / f"{count}.csv", rows)

        def add(_c, _cursor, statement, *_rest, said=said):
            said.append(statement)

        event.listen(session.get_bind(), "before_cursor_execute", add)
        bring(session, path)
        event.remove(session.get_bind(), "before_cursor_execute", add)
        counts.append(len(said))
    assert counts[0] == counts[1]


def test_histories_of_imported_firms_hold_nothing_impossible(session, tmp_path):
    firm = make_firm(session)
    bring(session, write_csv(tmp_path / "a.csv", [row_of(firm.uscc, "甲"), row_of()]))
    ids = [each.id for each in session.exec(select(Firm))]
    assert all(not held.impossible for held in histories(session, DISTRICT, ids).values())
