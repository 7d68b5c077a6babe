"""What administrators do: accounts opened and closed, providers admitted, interests noted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from diagnose.accounts import activation, door, factor
from diagnose.accounts.stamps import new_stamp, sign_out_everywhere
from diagnose.records import Account, AccountEntry, Firm, Interest, Kind, Provider, note
from diagnose.refusing import Refused
from diagnose.web.access import actor, me
from questionnaires.text import Text

TAKEN = Text("这个用户名已有人使用。", "Somebody has this username already.")
NO_FIRM = Text("名录里没有这个统一社会信用代码。", "No firm has this code.")
NO_PROVIDER = Text("请选择服务机构。", "Choose a provider.")
NO_DISTRICT = Text("请填写辖区。", "Enter the district.")
NO_USERNAME = Text("请填写用户名。", "Enter a username.")
CODE_TAKEN = Text("这个代码已被其他机构使用。", "Another provider has this code.")
NOT_ONESELF = Text("不能停用自己的账号。", "You cannot close your own account.")
INTEREST_KNOWN = Text("该企业已登记。", "This firm is noted already.")


class FieldRefused(Refused):
    """What was asked cannot be done; `field` is where it went wrong."""

    def __init__(self, field: str, message: Text) -> None:
        super().__init__(message)
        self.field = field


def open_account(session: Session, given: dict[str, Any]) -> tuple[Account, str]:
    """A new account and its activation code, shown once. Commits."""
    held = _entry(session, given)
    if session.exec(select(Account.id).where(Account.username == held["username"])).first():
        raise FieldRefused("username", TAKEN)
    entry = AccountEntry.model_validate(held)
    account = Account.model_validate(entry.model_dump() | {"stamp": new_stamp()})
    session.add(account)
    session.flush()
    note(
        session,
        actor(),
        "account.open",
        f"account:{account.id}",
        firm_id=account.firm_id,
        kind=account.kind,
    )
    code = activation.issue(session, account, actor())
    session.commit()
    return account, code


def _entry(session: Session, given: dict[str, Any]) -> dict[str, Any]:
    """The row of a new account: each kind has the house it belongs to, and none else."""
    kind = Kind(given["kind"])
    held = {name: given[name] for name in ("kind", "name", "certificate")}
    held["username"] = door.folded(given["username"])
    if kind == Kind.FIRM:
        firm = firm_of(session, given["uscc"])
        return held | {"firm_id": firm.id, "username": firm.uscc.lower()}
    if kind in {Kind.CONSULTANT, Kind.REVIEWER} and given["provider_id"]:
        held["provider_id"] = given["provider_id"]
    if kind == Kind.CONSULTANT and "provider_id" not in held:
        raise FieldRefused("provider_id", NO_PROVIDER)
    if kind in {Kind.REVIEWER, Kind.OFFICER}:
        if not given["district"]:
            raise FieldRefused("district", NO_DISTRICT)
        held["district"] = given["district"]
    if not held["username"]:
        raise FieldRefused("username", NO_USERNAME)
    return held


def firm_of(session: Session, uscc: str) -> Firm:
    """The firm with this code."""
    found = session.exec(select(Firm).where(Firm.uscc == uscc.upper())).first()
    if found is None:
        raise FieldRefused("uscc", NO_FIRM)
    return found


def change_account(session: Session, account: Account, given: dict[str, Any]) -> None:
    """Change what may be changed; its house only where the kind has one. Commits."""
    account.name, account.certificate = given["name"], given["certificate"]
    if account.kind in {Kind.OFFICER, Kind.REVIEWER}:
        if not given["district"]:
            raise FieldRefused("district", NO_DISTRICT)
        account.district = given["district"]
    if account.kind == Kind.CONSULTANT and not given["provider_id"]:
        raise FieldRefused("provider_id", NO_PROVIDER)
    if account.kind in {Kind.CONSULTANT, Kind.REVIEWER}:
        account.provider_id = given["provider_id"] or None
    _keep(session, account, "account.change")


def issue_code(session: Session, account: Account) -> str:
    """A new activation code, shown once. Commits."""
    code = activation.issue(session, account, actor())
    session.commit()
    return code


def unlock(session: Session, account: Account) -> None:
    """Forget the failures. Commits."""
    account.failures, account.locked_until = 0, None
    _keep(session, account, "account.unlock")


def close(session: Session, account: Account) -> None:
    """Shut an account and end its sessions; nobody shuts their own. Commits."""
    if account.id == me().id:
        raise FieldRefused("sure", NOT_ONESELF)
    account.active = False
    sign_out_everywhere(account)
    _keep(session, account, "account.close")


def reopen(session: Session, account: Account) -> None:
    """Let a closed account in again. Commits."""
    account.active = True
    _keep(session, account, "account.reopen")


def drop_factor(session: Session, account: Account) -> None:
    """Take the second factor of somebody who lost phone and recovery codes. Commits."""
    factor.turn_off(session, account, actor())
    session.commit()


def _keep(session: Session, account: Account, action: str) -> None:
    session.add(account)
    note(session, actor(), action, f"account:{account.id}", firm_id=account.firm_id)
    session.commit()


def keep_provider(session: Session, provider: Provider | None, given: dict[str, Any]) -> Provider:
    """Admit a provider, or change one. Commits."""
    others = select(Provider.id).where(func.lower(col(Provider.code)) == given["code"].lower())
    if provider is not None:
        others = others.where(Provider.id != provider.id)
    if session.exec(others).first() is not None:
        raise FieldRefused("code", CODE_TAKEN)
    action = "provider.change" if provider else "provider.open"
    row = provider or Provider.model_validate(given)
    for name, value in given.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    note(session, actor(), action, f"provider:{row.id}")
    session.commit()
    return row


def add_interest(session: Session, provider: Provider, uscc: str, why: str) -> None:
    """Note that a provider has an interest in a firm, so that it is never assigned to it."""
    firm = firm_of(session, uscc)
    assert provider.id is not None
    assert firm.id is not None
    known = select(Interest.id).where(
        Interest.provider_id == provider.id, Interest.firm_id == firm.id
    )
    if session.exec(known).first() is not None:
        raise FieldRefused("uscc", INTEREST_KNOWN)
    session.add(Interest(provider_id=provider.id, firm_id=firm.id, note=why))
    note(session, actor(), "interest.add", f"provider:{provider.id}", firm_id=firm.id)
    session.commit()


def remove_interest(session: Session, interest: Interest) -> None:
    """Take a noted interest back. Commits."""
    session.delete(interest)
    subject = f"provider:{interest.provider_id}"
    note(session, actor(), "interest.remove", subject, firm_id=interest.firm_id)
    session.commit()
