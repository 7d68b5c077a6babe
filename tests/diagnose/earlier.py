"""What each earlier release kept in its database, as rows of its own tables."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine, MetaData, null

from tests.diagnose.factories import make_uscc

MOMENT = datetime(2026, 3, 1, 0, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Release:
    """An earlier release: its last migration, its tables, and how they were filled."""

    revision: str
    tables: tuple[str, ...]
    fill: Callable[[Engine], None]


def insert(connection, held, table, *rows):
    for row in rows:
        connection.execute(held.tables[table].insert().values(row))


def first_tables(engine):
    """0.1.0: two firms, a sheet in work and one submitted, answers in every state, a judgement."""
    held = MetaData()
    held.reflect(engine)
    # SQLite's reflected columns know no zones; PostgreSQL's do.
    moment = MOMENT.replace(tzinfo=None) if engine.dialect.name == "sqlite" else MOMENT
    facts = {"name": "武汉一号机械有限公司", "industry": "3484", "region": "后湖街道"}
    sheet = facts | {
        "employees": 120,
        "revenue": 8600.5,
        "questionnaire": "sme-2024",
        "questionnaire_version": "1.0.0",
        "questionnaire_hash": "0" * 64,
        "started_at": moment,
        "saved_at": moment,
    }
    draft = {"status": "draft", "edition": 3, "submitted_at": None, "size": -1}
    submitted = {"status": "submitted", "edition": 9, "submitted_at": moment, "size": 1}
    firm = facts | {"employees": 120, "revenue": None, "created_at": moment}
    answer = {"value": null(), "reason": ""}
    with engine.begin() as connection:
        insert(
            connection,
            held,
            "firm",
            firm | {"id": 1, "uscc": make_uscc(), "fictional": False},
            firm | {"id": 2, "uscc": make_uscc(), "fictional": True, "name": "=虚构'\"企业"},
        )
        insert(
            connection,
            held,
            "assessment",
            sheet | submitted | {"id": 1, "firm_id": 1},
            sheet | draft | {"id": 2, "firm_id": 2},
        )
        insert(
            connection,
            held,
            "answer",
            answer
            | {"id": 1, "assessment_id": 1, "question": "a", "state": "answered"}
            | {"value": ["b", "c"]},
            answer | {"id": 2, "assessment_id": 1, "question": "b", "state": "unknown"},
            answer
            | {"id": 3, "assessment_id": 2, "question": "a", "state": "not_applicable"}
            | {"reason": "没有产线"},
        )
        insert(
            connection,
            held,
            "judgement",
            {
                "id": 1,
                "assessment_id": 1,
                "standard": "sme-2024",
                "standard_version": "1.0.0",
                "standard_hash": "0" * 64,
                "score": 61.25,
                "level": 2,
                "answered": 14,
                "asked": 15,
                "could_add": 4.0,
            },
        )


ROSTER = MOMENT + timedelta(days=30)


def service(engine):
    """0.2.0: firms on a roster, one diagnosis with its moves, another firm exempt and readmitted.

    Its moves: assigned and accepted on one day, done a month later; the day is China's.
    """
    held = MetaData()
    held.reflect(engine)
    plain = engine.dialect.name == "sqlite"

    def at(days, hours=0):
        moment = ROSTER + timedelta(days=days, hours=hours)
        return moment.replace(tzinfo=None) if plain else moment

    facts = {"name": "武汉一号机械有限公司", "industry": "3484", "region": "后湖街道"}
    firm = facts | {"employees": 120, "revenue": 8600.5, "created_at": at(0), "fictional": False}
    listed = firm | {"district": "江岸区", "on_roster": True, "contact": "", "phone": ""}
    diagnosis = {"package": "", "rounds": 0, "edition": 4, "opened_at": at(0, 1)}
    done = {"accepted_on": date(2026, 5, 2), "valid_until": date(2029, 5, 2)}
    moves = [
        (1, "assign", "to_assign", "assigned", at(2)),
        (1, "accept", "assigned", "accepted", at(2, 1)),
        (2, "exempt", "to_assign", "exempt", at(3)),
        (2, "readmit", "exempt", "to_assign", at(10)),
        (1, "accept_report", "accepted", "done", at(32, 16)),
        (2, "exempt", "to_assign", "exempt", at(40)),
    ]
    with engine.begin() as connection:
        insert(
            connection,
            held,
            "firm",
            listed | {"id": 1, "uscc": make_uscc()},
            listed | {"id": 2, "uscc": make_uscc(), "region": "", "employees": None},
            listed | {"id": 3, "uscc": make_uscc(), "on_roster": False},
        )
        insert(
            connection,
            held,
            "diagnosis",
            diagnosis
            | done
            | {"id": 1, "number": "ZD2026-000001", "firm_id": 1}
            | {"state": "done", "state_since": at(32)},
            diagnosis
            | {"id": 2, "number": "ZD2026-000002", "firm_id": 2}
            | {"state": "exempt", "state_since": at(40)},
        )
        for number, (row, move, before, after, moment) in enumerate(moves, 1):
            said = {"move": move, "before": before, "after": after, "reason": f"原因{number}"}
            line = {"id": number, "at": moment, "account_id": None, "origin": "", "before": ""}
            about = {"action": "diagnosis.move", "subject": f"diagnosis:{row}", "firm_id": row}
            insert(
                connection,
                held,
                "auditentry",
                line | about | {"details": said, "seal": f"{number}"},
            )


RELEASES = (
    Release("0001", ("firm", "assessment", "answer", "judgement"), first_tables),
    Release("0002", ("firm", "diagnosis", "auditentry"), service),
)
