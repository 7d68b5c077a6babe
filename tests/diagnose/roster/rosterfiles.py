"""Roster files for tests, and the short way through an import."""

import csv
from datetime import date, datetime, time
from io import StringIO

from diagnose.records import Actor
from diagnose.roster.intake.comparing import plan_import
from diagnose.roster.intake.fields import match
from diagnose.roster.intake.reading import read_head
from diagnose.roster.intake.writing import Source, take_over
from reports.workbook.tables import Column, Sheet, write_tables
from tests.diagnose.people import DISTRICT

DAY = date(2026, 3, 1)
HEADINGS = ("统一社会信用代码", "企业名称", "行业代码", "街道", "从业人员", "营业收入（万元）")


def text_of(rows, headings=HEADINGS):
    file = StringIO()
    csv.writer(file).writerows([headings, *rows])
    return file.getvalue()


def write_csv(path, rows, headings=HEADINGS, encoding="utf-8"):
    path.write_text(text_of(rows, headings), encoding=encoding)
    return path


def write_xlsx(path, rows, headings=HEADINGS):
    columns = [
        Column(heading, 12, [row[at] for row in rows]) for at, heading in enumerate(headings)
    ]
    with path.open("wb") as file:
        write_tables(file, [Sheet("名录", tuple(columns))], datetime.combine(DAY, time()))
    return path


def plan_of(session, path, *, meant=None, day=DAY, whole=False, district=DISTRICT, told=None):
    head = read_head(path, path.name)
    meant = match(head.headings) if meant is None else meant
    return plan_import(session, path, head, meant, district, day, whole=whole, told=told)


def bring(session, path, *, good_only=False, actor=None, **options):
    """Plan and take over; the row of the import."""
    plan = plan_of(session, path, **options)
    source = Source(path.name, "0" * 64, {"企业名称": "name"}, "统计认定")
    row = take_over(session, plan, source, actor or Actor(), good_only=good_only)
    session.commit()
    return row
