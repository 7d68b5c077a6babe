"""What earlier releases knew of the roster and of diagnoses, as events, spells and stays."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

AHEAD = timedelta(hours=8)  # the day in China
SIZES = ((20, 300), (300, 2_000), (1_000, 40_000))
SOURCE = "upgrade"
OTHER = 5  # the ground of an exemption that nobody named
T = TypeVar("T")


def upgrade() -> None:
    """What earlier releases knew of the roster and of diagnoses, as events, spells and stays."""
    connection = op.get_bind()
    held = sa.MetaData()
    tables = ["firm", "diagnosis", "auditentry", "tag", "rosterevent", "spell", "stay"]
    held.reflect(connection, only=tables)
    _enter_firms(connection, held.tables)
    _tell_stays(connection, held.tables)


def _enter_firms(connection: sa.Connection, tables: Any) -> None:
    """Every firm on a roster entered it on the day it was put on the books."""
    firm = tables["firm"]
    exemptions = _exemptions(connection, tables)
    for row in connection.execute(sa.select(firm).where(firm.c.on_roster)).mappings().all():
        since = _day(row["created_at"])
        facts = {name: row[name] for name in ("name", "uscc", "industry", "region")}
        facts |= {name: row[name] for name in ("employees", "revenue")}
        _tell(connection, tables, row, "entered", since, row["created_at"], facts)
        grounds = [(since, 0)]
        for moment, change, reason in exemptions.get(row["id"], []):
            day, ground = max(since, _day(moment)), OTHER if change == "exempted" else 0
            facts = {"ground": OTHER} if ground else {}
            _tell(connection, tables, row, change, day, moment, facts, reason)
            grounds.append((day, ground))
        street = _street(connection, tables["tag"], row["district"], row["region"])
        for ground, begins, ends in _spans(grounds):
            spell = {
                "firm_id": row["id"],
                "district": row["district"],
                "since": begins.toordinal(),
                "until": ends and ends.toordinal(),
                "listing": 0,
                "ground": ground,
                "stopped": False,
                "entered": since.toordinal(),
                "street_id": street,
                "division": int(row["industry"][:2] or 0),
                "size": _size(row["employees"], row["revenue"]),
                "honours": 0,
            }
            connection.execute(tables["spell"].insert().values(spell))


def _exemptions(
    connection: sa.Connection, tables: Any
) -> dict[int, list[tuple[datetime, str, str]]]:
    """When each firm's diagnosis was exempt and readmitted, and why, as the audit log tells."""
    found: dict[int, list[tuple[datetime, str, str]]] = {}
    log = tables["auditentry"]
    moves = sa.select(log.c.firm_id, log.c.at, log.c.details).where(
        log.c.action == "diagnosis.move"
    )
    for firm_id, at, details in connection.execute(moves.order_by(log.c.id)):
        said = _read(details)
        told = found.setdefault(firm_id, [])
        exempt = bool(told) and told[-1][1] == "exempted"
        if said["after"] == "exempt" and not exempt:
            told.append((at, "exempted", said.get("reason", "")))
        elif said["before"] == "exempt" and exempt:
            told.append((at, "readmitted", said.get("reason", "")))
    return found


def _tell(
    connection: sa.Connection,
    tables: Any,
    firm: Any,
    change: str,
    day: date,
    moment: datetime,
    facts: dict[str, Any],
    reason: str = "",
) -> None:
    event = {
        "firm_id": firm["id"],
        "district": firm["district"],
        "change": change,
        "effective_on": day.toordinal(),
        "facts": facts,
        "reason": reason,
        "proof": "",
        "asked_by": SOURCE,
        "recorded_at": moment,
    }
    connection.execute(tables["rosterevent"].insert().values(event))


def _street(connection: sa.Connection, tag: Any, district: str, name: str) -> int | None:
    if not name:
        return None
    held = {"district": district, "kind": "street", "name": name}
    known = sa.select(tag.c.id).where(*(tag.c[column] == value for column, value in held.items()))
    found = connection.scalar(known)
    if found is None:
        connection.execute(tag.insert().values(**held))
        found = connection.scalar(known)
    return found


def _size(employees: int | None, revenue: float | None) -> int:
    least = most = 0
    for persons, yuan in SIZES:
        many = employees is not None and employees >= persons
        few = employees is not None and employees < persons
        rich = revenue is not None and revenue >= yuan
        poor = revenue is not None and revenue < yuan
        least += many and rich
        most += not few and not poor
    return least if least == most else -1


def _tell_stays(connection: sa.Connection, tables: Any) -> None:
    """The states of each diagnosis, as the audit log tells its moves."""
    moves: dict[str, list[tuple[date, str]]] = {}
    log = tables["auditentry"]
    wanted = sa.select(log.c.subject, log.c.at, log.c.details).where(
        log.c.action == "diagnosis.move"
    )
    for subject, at, details in connection.execute(wanted.order_by(log.c.id)):
        moves.setdefault(subject, []).append((_day(at), _read(details)["after"]))
    diagnosis = tables["diagnosis"]
    for row in connection.execute(sa.select(diagnosis)).mappings().all():
        begun = (_day(row["opened_at"]), "to_assign")
        way = [begun, *moves.get(f"diagnosis:{row['id']}", [])]
        for state, since, until in _spans(way):
            connection.execute(tables["stay"].insert().values(_stay(row, state, since, until)))


def _spans(way: Sequence[tuple[date, T]]) -> Iterator[tuple[T, date, date | None]]:
    """Of several changes on one day the last one counts."""
    ends: list[date | None] = [*(since for since, _ in way[1:]), None]
    for (since, state), until in zip(way, ends, strict=True):
        if until is None or until > since:
            yield state, since, until


def _stay(row: Any, state: str, since: date, until: date | None) -> dict[str, Any]:
    valid = row["valid_until"] if state == "done" else None
    return {
        "diagnosis_id": row["id"],
        "firm_id": row["firm_id"],
        "provider_id": row["provider_id"],
        "state": state,
        "since": since.toordinal(),
        "until": until and until.toordinal(),
        "valid_until": valid and valid.toordinal(),
    }


def _read(details: Any) -> Any:
    return json.loads(details) if isinstance(details, str) else details


def _day(moment: datetime) -> date:
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return (aware + AHEAD).date()
