import re
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import event

from diagnose.ledgers.gathering import GATHER, gather
from diagnose.ledgers.ordering import (
    OrderInvalid,
    Shown,
    drop_order,
    folder_of,
    keep_order,
    own_order,
    read_order,
    usual_order,
    write_order,
)
from diagnose.ledgers.reading import ORDER, ledgers
from diagnose.ledgers.writing import ledger_sheet
from diagnose.records import (
    Acceptance,
    Actor,
    Benchmark,
    Census,
    Contract,
    Copy,
    Figure,
    Finding,
    FindingProject,
    Month,
    Need,
    Project,
    Report,
    SupplyLink,
    Task,
    TaskPlan,
    Visit,
)
from diagnose.records.columns import now
from diagnose.records.publication import Rating
from diagnose.records.roster import Change
from diagnose.roster.recording import record
from questionnaires.clock import today
from reports.workbook.tables import write_tables
from tests.diagnose.people import make_account, make_diagnosis, make_firm, make_provider

DAY = date(2026, 3, 1)


@pytest.fixture
def officer(session):
    return make_account(session, "officer")


def put(session, row):
    session.add(row)
    session.flush()
    return row


def fill(session, officer, count=1):
    """Firms with one of everything that a ledger tells of."""
    provider = make_provider(session)
    lead = make_account(session, "consultant", provider_id=provider.id, certificate="ZS-1")
    plan = put(session, TaskPlan(district=officer.district, title=f"方案{provider.id}"))
    for n in range(count):
        firm = make_firm(session, phone="13811112222", district=officer.district)
        diagnosis = make_diagnosis(
            session,
            firm,
            provider_id=provider.id,
            lead_id=lead.id,
            state="done",
            accepted_on=DAY,
            valid_until=DAY + timedelta(1000),
        )
        _about(session, firm, diagnosis)
        given = {"number": str(n), "title": "做", "lead": "区经信局", "others": ["区财政局"]}
        put(session, Task(plan_id=plan.id, due_on=DAY, **given))
    return plan


def _about(session, firm, diagnosis):
    people = [{"side": "firm", "name": "王总", "post": "厂长"}]
    put(session, Visit(diagnosis_id=diagnosis.id, planned_on=DAY, people=people, closing="秘方"))
    given = {"version": 1, "dated": DAY, "standard": "sme-2024", "standard_version": "1.0.0"}
    put(session, Report(diagnosis_id=diagnosis.id, number=diagnosis.number, level=2, **given))
    put(session, Rating(diagnosis_id=diagnosis.id, satisfaction=4))
    held = {"fact": "秘方", "effect_kind": "time", "cause_kind": "process"}
    finding = put(session, Finding(diagnosis_id=diagnosis.id, **held))
    put(session, Finding(diagnosis_id=diagnosis.id, security=True, **held))
    project = put(
        session,
        Project(diagnosis_id=diagnosis.id, firm_id=firm.id, name="=1+1", cost_low=1.0, type="P06"),
    )
    put(session, FindingProject(finding_id=finding.id, project_id=project.id))
    span = {"signed_on": DAY, "starts_on": DAY, "ends_on": DAY + timedelta(90)}
    put(session, Contract(project_id=project.id, number="HT-1", total=30, **span))
    put(session, Month(project_id=project.id, month=DAY, spent=5))
    asked = {"asked_on": DAY, "finished_on": DAY}
    payments = [{"amount": 3.0, "eligible": True}, {"amount": 2.0, "eligible": False}]
    put(session, Acceptance(project_id=project.id, payments=payments, **asked))
    put(session, Figure(project_id=project.id, name="交期", baseline=10, after=7))
    marks = {"1": {"effect": 80.0, "day": "2026-01-01"}, "2": {"effect": 90.0}}
    example = {"district": firm.district, "year": 2026, "kind": "factory", "marks": marks}
    held = put(session, Benchmark(project_id=project.id, firm_id=firm.id, **example))
    put(session, Copy(benchmark_id=held.id, firm_id=firm.id))
    supplier = make_firm(session, name="供应商", district=firm.district)
    put(session, SupplyLink(leader_id=firm.id, supplier_id=supplier.id, links=["orders"]))
    for shares in (["match"], []):
        sheet = Census(
            firm_id=firm.id,
            stage="checked",
            shares=shares,
            facts={"it_staff": 3},
            submitted_at=now(),
        )
        put(session, sheet)
        put(session, Need(census_id=sheet.id, firm_id=firm.id, name=f"需求{len(shares)}"))


def cells(session, officer, name):
    """The ledger's first row by column id."""
    frame = gather(session, name, officer, today())
    return {id_: values[0] for id_, values in frame.items() if values}


def count_of(session, officer, name):
    return len(next(iter(gather(session, name, officer, today()).values())))


@pytest.mark.parametrize("name", ORDER)
def test_each_column_has_the_source_that_it_names_or_says_why_it_is_empty(session, officer, name):
    frame, ledger = gather(session, name, officer, today()), ledgers()[name]
    assert {column.source for column in ledger.columns.values() if column.filled} == set(frame)
    assert all(column.filled or column.note for column in ledger.columns.values())


def test_the_ledgers_are_those_of_the_programme():
    assert [ledger.number for ledger in ledgers().values()] == [f"3.{n}" for n in range(1, 16)]
    assert set(GATHER) == set(ORDER)


def test_as_many_statements_for_one_firm_as_for_many_and_no_other_district(session, officer):
    fill(session, make_account(session, "officer", district="别区"))
    assert {name: count_of(session, officer, name) for name in ORDER} == dict.fromkeys(ORDER, 0)
    counts = []
    for more in (1, 4):
        fill(session, officer, more)
        session.commit()
        assert officer.district
        counts.append({name: counted(session, officer, name) for name in ORDER})
    for name in ORDER:
        (first, few), (second, many) = counts[0][name], counts[1][name]
        assert first == second, name
        assert many > few > 0, name


def counted(session, officer, name):
    """How many statements a ledger takes, and how many rows it has."""
    said = []

    def add(_connection, _cursor, statement, *_rest):
        said.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", add)
    rows = count_of(session, officer, name)
    event.remove(session.get_bind(), "before_cursor_execute", add)
    return len(said), rows


def test_no_ledger_tells_secrets_or_whole_phone_numbers(session, officer):
    fill(session, officer)
    for name in ORDER:
        told = str(dict(gather(session, name, officer, today())))
        assert "秘方" not in told, name
        assert "13811112222" not in told, name


def test_what_rows_say(session, officer):
    fill(session, officer)
    assert cells(session, officer, "roster")["phone"] == "138****2222"
    assert cells(session, officer, "roster")["chain_role"].zh == "链主"
    assert cells(session, officer, "census")["need"] == "需求1"
    assert cells(session, officer, "diagnoses")["year"] == 2026
    assert cells(session, officer, "visits")["firm_people"] == "厂长"
    assert cells(session, officer, "reports")["problems"] == 1
    project = cells(session, officer, "projects")
    assert (project["contract_total"], project["spent"], project["cost_high"]) == (30, 5, None)
    asked = cells(session, officer, "acceptances")
    assert (asked["paid_eligible"], asked["before_foundation"]) == (3, None)
    assert cells(session, officer, "figures")["change"] == -3
    assert cells(session, officer, "benchmarks")["score"] == 85
    assert cells(session, officer, "benchmarks")["copies"] == 1
    provider = cells(session, officer, "providers")
    assert (provider["converted"], provider["satisfaction"]) == (100, None)
    assert cells(session, officer, "tasks")["others"] == "区财政局"
    assert cells(session, officer, "changes")["effect"].zh == "进入分母"


def test_security_findings_are_not_among_the_problems(session, officer):
    fill(session, officer)
    assert count_of(session, officer, "findings") == 1


def test_who_left_stands_in_the_roster_with_day_and_reason(session, officer):
    firm = make_firm(session)
    record(session, Actor(), firm, Change.RENAMED, DAY, facts={"name": "新名"})
    record(session, Actor(), firm, Change.LEFT, DAY, reason="营收不足")
    session.commit()
    row = cells(session, officer, "roster")
    assert (row["left"], row["left_why"], row["scale"].zh) == (DAY, "营收不足", "规下")
    assert row["former"] == "武汉一号机械有限公司"


def test_the_file_opens_again_and_is_set_up_for_print(session, officer):
    fill(session, officer, 2)
    ledger = ledgers()["projects"]
    frame = gather(session, "projects", officer, today())
    sheet = ledger_sheet(ledger, usual_order(ledger), frame, "zh", ("江岸区", DAY))
    file = BytesIO()
    write_tables(file, [sheet], datetime.combine(DAY, time()))
    book = CalamineWorkbook.from_filelike(BytesIO(file.getvalue()))
    head, row, _other = book.get_sheet_by_index(0).to_python()
    assert head[3] == "项目名称"
    assert "类别（手填）" in head
    assert row[3].startswith("=") or row[3]
    assert "=1+1" in row
    with ZipFile(BytesIO(file.getvalue())) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        names = archive.read("xl/workbook.xml").decode()
    assert 'topLeftCell="C2"' in page
    assert 'orientation="landscape"' in page
    assert 'fitToHeight="0"' in page
    assert "<autoFilter" in page
    assert "<f>" not in page
    assert "&amp;P / &amp;N" in page
    assert "江岸区&amp;C&amp;14企业智能化改造项目计划" in page
    assert "截至 2026-03-01" in page
    assert 'paperSize="8"' in page, "so many columns cannot be read on A4"
    style = re.search(r'<col [^>]*style="(\d+)"', page)[1]
    assert f'<c r="A2" s="{style}"' in page, "texts wrap"
    figures = re.findall(r'<c r="[A-Z]+2"(?: s="(\d+)")?><v>', page)
    assert len(set(figures)) == 1, "also where columns beside each other are alike"
    assert figures[0] not in ("", style), "figures keep clear of the text on their right"
    assert re.search(r"Print_Titles[^>]*>[^<]*\$1:\$1<", names)


def test_a_bureaus_own_order_is_kept_and_dropped(session, officer, tmp_path):
    fill(session, officer)
    ledger = ledgers()["roster"]
    wanted = (
        Shown("name", "单位名称"),
        Shown(title="所属区", constant="江岸: 区#1"),
        Shown("uscc"),
    )
    assert own_order(tmp_path, "江岸区", ledger) is None
    content = write_order(ledger, wanted)
    assert read_order(ledger, content) == wanted
    keep_order(tmp_path, "江岸区", ledger, content)
    assert own_order(tmp_path, "江岸区", ledger) == wanted
    frame = gather(session, "roster", officer, today())
    sheet = ledger_sheet(ledger, wanted, frame, "zh", ("江岸区", DAY))
    assert [column.head for column in sheet.columns] == ["单位名称", "所属区", "统一社会信用代码"]
    assert sheet.columns[1].cells[0] == "江岸: 区#1"
    drop_order(tmp_path, "江岸区", ledger)
    assert own_order(tmp_path, "江岸区", ledger) is None


def test_a_district_has_columns_of_its_own_before_those_of_all(tmp_path):
    ledger = ledgers()["tasks"]
    (tmp_path / "ledgers").mkdir()
    (tmp_path / "ledgers" / "tasks.yaml").write_text("columns:\n  - {id: task}\n")
    keep_order(tmp_path, "江岸区", ledger, b"columns:\n  - {id: title}\n")
    assert (tmp_path / "ledgers" / "江岸区" / "tasks.yaml").is_file()
    assert own_order(tmp_path, "江岸区", ledger) == (Shown("title"),)
    assert own_order(tmp_path, "硚口区", ledger) == (Shown("task"),)
    drop_order(tmp_path, "江岸区", ledger)
    assert own_order(tmp_path, "江岸区", ledger) == (Shown("task"),)


def test_any_name_of_a_district_gives_a_folder_of_its_own():
    names = ("江岸区", "a/b", "a_b", "../..", "", "区" * 100, "区" * 99)
    folders = [folder_of(name) for name in names]
    assert folders[0] == "江岸区"
    assert len(set(folders)) == len(names)
    assert all(len(name.encode()) <= 255 and "/" not in name for name in folders)
    assert all(set(name) - {"."} for name in folders)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("columns:\n  - {id: name}\n  - {id: nonsense}\n", 3),
        ("columns:\n  - {id: name}\n  - {id: name}\n", 3),
        ("columns:\n  - {id: name, colour: red}\n", 2),
        ("columns:\n  - name\n", 2),
        ("columns:\n  - {constant: x}\n", 2),
        ("columns:\n  - {id: name, title: [a]}\n", 2),
        ("columns:\n  - {id: name, title: " + "长" * 101 + "}\n", 2),
        ("columns: []\n", 1),
        ("nothing\n", 1),
        ("", 1),
        ("columns:\n  - {id: name\n", 3),
        ("\xff", 1),
    ],
)
def test_a_bad_file_is_told_by_line_and_kept_from_use(tmp_path, text, line):
    ledger = ledgers()["roster"]
    content = text.encode("latin-1" if text == "\xff" else "utf-8")
    with pytest.raises(OrderInvalid) as invalid:
        keep_order(tmp_path, "江岸区", ledger, content)
    assert [fault.line for fault in invalid.value.faults] == [line]
    path = tmp_path / "ledgers" / "江岸区" / "roster.yaml"
    assert not path.exists()
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(OrderInvalid):
        own_order(tmp_path, "江岸区", ledger)
