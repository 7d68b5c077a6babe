"""People at the door, as tests need them."""

from sqlmodel import select

from diagnose.accounts import activation
from diagnose.records import Actor, AuditEntry

PASSWORD = "紫铜 grapefruit 42 oars"
OTHER = "quiet marmots sail 17 north"
BY = Actor(None, "test")


def actions(session):
    session.expire_all()
    return [entry.action for entry in session.exec(select(AuditEntry).order_by(AuditEntry.id))]


def issue(session, account, days=30):
    code = activation.issue(session, account, BY, days)
    session.commit()
    return code
