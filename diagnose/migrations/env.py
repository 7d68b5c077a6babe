"""How Alembic reaches the database: through the connection that `records.migrating` hands it."""

from typing import Any, Literal

from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import diagnose.records  # noqa: F401  # fills the metadata with every table
from diagnose.records.columns import Day, Moment


def plainly(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write column types of our own as what they are in the database."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})"
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Day):
        return "sa.Integer()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=plainly,
)
with context.begin_transaction():
    context.run_migrations()
