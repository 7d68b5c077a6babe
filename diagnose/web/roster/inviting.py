"""Handing out codes: accounts where there are none, fresh codes, letters and lists of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from diagnose.access import visible
from diagnose.accounts.activation import DAYS, issue
from diagnose.accounts.stamps import new_stamp
from diagnose.jobs import Context, work
from diagnose.records import Account, Activation, Actor, Firm, Kind, note
from diagnose.records.columns import now
from diagnose.web.choosing import pieces
from diagnose.web.excel import workbook_of
from questionnaires.clock import HERE, today
from questionnaires.text import Language, Text
from reports.letters import Letter, Letterhead, write_letters
from reports.workbook.tables import Column, Sheet

AT_ONCE = 200  # letters made while the officer waits
COMMIT_EVERY = 50
LETTERS = Text("账号激活通知", "Activation letters")
CODE_LIST = (
    ("uscc", Text("统一社会信用代码（用户名）", "Unified social credit code (user name)"), 24),
    ("firm", Text("企业名称", "Firm"), 36),
    ("code", Text("激活码", "Activation code"), 24),
    ("expires", Text("有效期至", "Valid until"), 12),
    ("contact", Text("联系人", "Contact"), 14),
    ("region", Text("街道或园区", "Street or park"), 16),
)


@dataclass(frozen=True, slots=True)
class Invited:
    """Firms sorted by what a code would mean: never had one, have one unused, are in use already.

    `closed` are firms whose account an administrator has shut; they get no code.
    """

    fresh: list[Firm]
    waiting: list[Firm]
    active: list[Firm]
    closed: list[Firm]

    def firms(self, *, active: bool) -> list[Firm]:
        """Those who get a code."""
        return sorted(
            [*self.fresh, *self.waiting, *(self.active if active else [])],
            key=lambda firm: (firm.region, firm.name, firm.id),
        )


@dataclass(frozen=True, slots=True)
class Code:
    """A code just made; it is in no database."""

    firm: Firm
    username: str
    code: str


def sorted_by_account(session: Session, firms: Sequence[Firm]) -> Invited:
    """What a code would mean for each firm."""
    accounts = accounts_of(session, firms)
    handed = _with_code(session, accounts)
    found = Invited([], [], [], [])
    for firm in firms:
        account = accounts.get(firm.id or 0)
        if account is None:
            found.fresh.append(firm)
        elif not account.active:
            found.closed.append(firm)
        elif account.password_hash:
            found.active.append(firm)
        else:
            (found.waiting if account.id in handed else found.fresh).append(firm)
    return found


def accounts_of(session: Session, firms: Sequence[Firm]) -> dict[int, Account]:
    """The account of each firm by its id; the first where there are several."""
    found: dict[int, Account] = {}
    for some in pieces([firm.id or 0 for firm in firms]):
        rows = session.exec(
            select(Account)
            .where(Account.kind == Kind.FIRM, col(Account.firm_id).in_(some))
            .order_by(col(Account.id).desc())
        )
        found |= {account.firm_id or 0: account for account in rows}
    return found


def make_codes(
    session: Session,
    firms: Sequence[Firm],
    by: Actor,
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> list[Code]:
    """A fresh code for each firm, whose older ones stop working. Commits piece by piece.

    Codes are shown once: a firm whose letter is lost gets another code.
    """
    accounts = accounts_of(session, firms)
    made = []
    for done, firm in enumerate(firms, 1):
        account = accounts.get(firm.id or 0) or _new_account(session, firm, by)
        made.append(Code(firm, account.username, issue(session, account, by)))
        if done % COMMIT_EVERY == 0 or done == len(firms):
            session.commit()
            told(done, len(firms))
    return made


def letters_pdf(codes: Sequence[Code], head: Letterhead, link: str, language: Language) -> bytes:
    """The letters as a PDF; `link` is the page of activation with “{code}” for the code."""
    expires = expiry()
    return write_letters(
        (
            Letter(
                firm=made.firm.name,
                username=made.username.upper(),
                code=made.code,
                link=link.replace("{code}", made.code),
                expires=expires,
                fictional=made.firm.fictional,
            )
            for made in codes
        ),
        head,
        language,
    )


def code_list(codes: Sequence[Code], language: Language) -> bytes:
    """The codes as an Excel list."""
    day = expiry().isoformat()
    cells: Mapping[str, list[str | float | None]] = {
        "uscc": [made.username.upper() for made in codes],
        "firm": [made.firm.name for made in codes],
        "code": [made.code for made in codes],
        "expires": [day for _ in codes],
        "contact": [made.firm.contact for made in codes],
        "region": [made.firm.region for made in codes],
    }
    columns = tuple(Column(head.to(language), width, cells[key]) for key, head, width in CODE_LIST)
    return workbook_of([Sheet(LETTERS.to(language), columns)])


def expiry() -> date:
    """The last day on which a code made now works."""
    return (now().astimezone(HERE) + timedelta(days=DAYS - 1)).date()


@work("letters", LETTERS)
def write_many(context: Context) -> tuple[str, bytes]:
    """The job of many letters, for the firms that the officer may still see."""
    said, session = context.arguments, context.session
    own = visible(context.account, Firm)
    firms = [
        firm
        for some in pieces(said["firms"])
        for firm in session.exec(select(Firm).where(col(Firm.id).in_(some), own))
    ]
    firms.sort(key=lambda firm: (firm.region, firm.name, firm.id))
    language: Language = said["language"]
    codes = make_codes(session, firms, Actor(context.account.id), context.progress)
    head = Letterhead(
        said["bureau"], said["contact"], context.account.district, said["address"], today()
    )
    return f"{LETTERS.to(language)}.pdf", letters_pdf(codes, head, said["link"], language)


def _new_account(session: Session, firm: Firm, by: Actor) -> Account:
    account = Account.model_validate(
        {
            "kind": Kind.FIRM,
            "username": firm.uscc.lower(),
            "name": firm.name[:100],
            "firm_id": firm.id,
            "stamp": new_stamp(),
        }
    )
    session.add(account)
    session.flush()
    note(session, by, "account.add", f"account:{account.id}", firm_id=firm.id, kind=Kind.FIRM.value)
    return account


def _with_code(session: Session, accounts: Mapping[int, Account]) -> frozenset[int]:
    """The accounts that hold a code which still works."""
    found: set[int] = set()
    for some in pieces([account.id or 0 for account in accounts.values()]):
        found.update(
            session.exec(
                select(Activation.account_id).where(
                    col(Activation.account_id).in_(some),
                    col(Activation.used_at).is_(None),
                    Activation.expires_at > now(),
                )
            )
        )
    return frozenset(found)
