from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import select

from diagnose.records import Answer, Assessment, Firm, FirmEntry, Judgement
from tests.diagnose.factories import make_assessment, make_firm


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_sqlite_is_shared_and_keeps_foreign_keys(session):
    pragma = {
        name: session.execute(text(f"PRAGMA {name}")).scalar()
        for name in ("journal_mode", "foreign_keys", "busy_timeout")
    }
    assert pragma == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 20_000}


def test_a_moment_comes_back_aware_and_the_same(session):
    east = datetime(2026, 3, 1, 8, 30, tzinfo=timezone(timedelta(hours=8)))
    session.add(make_firm(created_at=east))
    session.commit()
    session.expire_all()
    kept = session.exec(select(Firm)).one().created_at
    assert kept == east
    assert kept.tzinfo is UTC


def test_a_naive_moment_is_refused(session):
    session.add(make_firm(created_at=datetime(2026, 3, 1)))  # noqa: DTZ001  # the point
    with pytest.raises(StatementError, match="naive"):
        session.commit()


@pytest.mark.parametrize(
    "wrong",
    [{"uscc": "1"}, {"name": ""}, {"employees": -1}, {"revenue": -0.1}, {"industry": "C34"}],
)
def test_a_firm_is_validated_before_it_becomes_a_row(wrong):
    right = {"uscc": "91420102MA4K000011", "name": "甲", "industry": "3484"}
    assert FirmEntry.model_validate(right)
    with pytest.raises(ValidationError):
        FirmEntry.model_validate(right | wrong)


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda _: make_firm(employees=-1), "employees_counted"),
        (lambda _: make_firm(name=""), "name_given"),
        (lambda a: make_assessment(a.firm_id, status="lost"), "status_known"),
        (lambda a: make_assessment(a.firm_id, status="submitted"), "submitted_dated"),
        (lambda a: Answer(assessment_id=a.id, question="q", state="maybe"), "state_known"),
        (lambda a: Answer(assessment_id=a.id, question="q", state="answered"), "value_if_answered"),
        (
            lambda a: Answer(assessment_id=a.id, question="q", state="not_applicable"),
            "reason_if_not_applicable",
        ),
        (
            lambda a: Judgement(
                assessment_id=a.id,
                standard="s",
                standard_version="1",
                standard_hash="h",
                score=1,
                level=0,
                answered=9,
                asked=8,
                could_add=0,
            ),
            "answered_within",
        ),
        (lambda _: make_assessment(999), "(?i)foreign key"),
    ],
)
def test_the_tables_keep_their_own_rules(session, make, rule):
    firm = make_firm()
    session.add(firm)
    session.flush()
    assessment = make_assessment(firm.id)
    session.add(assessment)
    session.commit()
    session.add(make(assessment))
    with pytest.raises(IntegrityError, match=rule):
        session.commit()


def test_a_firm_takes_its_assessments_with_it(session):
    firm = make_firm()
    session.add(firm)
    session.flush()
    assessment = make_assessment(firm.id)
    session.add(assessment)
    session.flush()
    session.add(Answer(assessment_id=assessment.id, question="q", state="answered", value="a"))
    session.commit()
    session.delete(firm)
    session.commit()
    assert not session.exec(select(Assessment)).all()
    assert not session.exec(select(Answer)).all()


def test_the_id_of_a_deleted_firm_never_comes_back(session):
    first, second = make_firm(), make_firm()
    session.add(first)
    session.commit()
    gone = first.id
    session.delete(first)
    session.commit()
    session.add(second)
    session.commit()
    assert second.id > gone
