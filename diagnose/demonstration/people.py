"""Who works in the fictional district: accounts and houses, with one password for all."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import cycle

from sqlmodel import Session

from diagnose.accounts import passwords
from diagnose.fictional.content import content
from diagnose.records import Account, Firm, Kind, Provider
from diagnose.workflow import MACHINE
from questionnaires.text import Text

SHOWN = ("to_assign", "with_firm", "done")


@dataclass(frozen=True, slots=True)
class SignIn:
    """What to type to come in as somebody, and who that is."""

    who: Text
    username: str
    password: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody. `consultants` by provider id; `firms` and `heads` in the order of the firms."""

    officer: Account
    administrator: Account
    reviewers: tuple[Account, ...]
    providers: tuple[Provider, ...]
    consultants: Mapping[int, tuple[Account, ...]]
    firms: tuple[Account, ...]
    heads: tuple[str, ...]


Enter = Callable[..., Account]


def entering(session: Session, password: str, opened: datetime) -> Enter:
    """What makes an account; one hash serves them all, since hashing is slow by design."""
    held = passwords.hash_password(password)

    def enter(kind: Kind, username: str, name: str, **more: object) -> Account:
        account = Account.model_validate(
            {"kind": kind, "username": username, "name": name, "stamp": secrets.token_hex(16)}
            | {"password_hash": held, "created_at": opened, "terms_accepted_at": opened}
            | more
        )
        session.add(account)
        return account

    return enter


def cast_people(session: Session, enter: Enter, opened: datetime) -> Cast:
    """Make the accounts of everybody but the firms."""
    people = content("programme")["people"]
    district = content("programme")["district"]
    providers = tuple(
        Provider.model_validate(house | {"load": 60, "fictional": True, "created_at": opened})
        for house in content("programme")["providers"]
    )
    session.add_all(providers)
    session.flush()
    consultants: dict[int, tuple[Account, ...]] = {
        house.id or 0: tuple(
            enter(
                Kind.CONSULTANT,
                f"{house.code.lower()}{number}",
                name,
                provider_id=house.id,
                certificate=f"示例-{house.code}{number:03d}",
            )
            for number, name in enumerate(names, 1)
        )
        for house, names in zip(providers, _dealt(people["consultants"], 3), strict=True)
    }
    return Cast(
        officer=enter(Kind.OFFICER, "bureau", people["officer"], district=district),
        administrator=enter(Kind.ADMINISTRATOR, "admin", people["administrator"]),
        reviewers=tuple(
            enter(Kind.REVIEWER, f"reviewer{number}", name, district=district)
            for number, name in enumerate(people["reviewers"], 1)
        ),
        providers=providers,
        consultants=consultants,
        firms=(),
        heads=(),
    )


def join(cast: Cast, enter: Enter, firms: Sequence[Firm]) -> Cast:
    """The same with the accounts of the firms."""
    names = content("programme")["people"]["heads"]
    heads = tuple(name for name, _firm in zip(cycle(names), firms, strict=False))
    accounts = tuple(
        enter(Kind.FIRM, firm.uscc.lower(), name, firm_id=firm.id)
        for firm, name in zip(firms, heads, strict=True)
    )
    return replace(cast, firms=accounts, heads=heads)


def _dealt(names: Sequence[str], each: int) -> Iterator[Sequence[str]]:
    for at in range(0, len(names), each):
        yield names[at : at + each]


def sign_ins(cast: Cast, ends: Sequence[str], password: str) -> tuple[SignIn, ...]:
    """One way in for each kind of work, and a firm for each of some states."""
    lead, colleague = next(iter(cast.consultants.values()))[:2]
    found = [
        (Text("主管部门", "Bureau"), cast.officer),
        (Text("诊断师（组长）", "Consultant (lead)"), lead),
        (Text("诊断师（内审）", "Consultant (internal check)"), colleague),
        (Text("复核专家", "Reviewer"), cast.reviewers[0]),
        (Text("管理员", "Administrator"), cast.administrator),
    ]
    for state in SHOWN:
        title = MACHINE.states[state].title
        account = _somebody(cast, ends, state)
        if account is not None:
            who = Text(f"企业（{title.zh}）", f"Firm ({title.en.lower()})")
            found.append((who, account))
    return tuple(SignIn(who, account.username, password) for who, account in found)


def _somebody(cast: Cast, ends: Sequence[str], state: str) -> Account | None:
    """The first firm in a state that has come in already."""
    at_work = (
        account
        for account, end in zip(cast.firms, ends, strict=True)
        if end == state and account.password_hash
    )
    return next(at_work, None)
