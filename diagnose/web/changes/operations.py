"""What is written when an officer records a change or takes one back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NoReturn

from sqlmodel import Session, col, select
from stdnum.cn import uscc as codes

from diagnose.records import Account, Diagnosis, Firm, FirmEntry, Kind, Purpose
from diagnose.records.roster import Change, RosterEvent, Transfer
from diagnose.roster.checking import BAD_CODE, TAKEN, EventRefused
from diagnose.roster.recording import record, void
from diagnose.web.access import actor
from diagnose.web.attachments.operations import take
from diagnose.web.changes.forms import ChangeForm
from diagnose.workflow import follow_roster
from diagnose.workflow.exempting import REVIEW
from questionnaires.clock import today
from questionnaires.text import Text

NO_SUCH = Text(
    "辖区内没有代码为“{code}”的企业。", "No firm of your district has the code “{code}”."
)
NO_NAME = Text(
    "“{line}”：请在代码后写上企业名称。", "“{line}”: write the firm's name behind its code."
)
LONG_NAME = Text(
    "“{code}”：企业名称最多 {most} 个字。",
    "“{code}”: the name of a firm has at most {most} characters.",
)
LONGEST = 200
TOO_FEW = Text(
    "分立后至少有两家企业（原企业存续的，另有一家即可），每行一家。",
    "After a split there are two firms or more, the old one counted if it goes on; one a line.",
)


def officers(session: Session, district: str) -> Sequence[Account]:
    """Who may approve a change."""
    return session.exec(
        select(Account)
        .where(Account.kind == Kind.OFFICER, Account.district == district, col(Account.active))
        .order_by(col(Account.id))
    ).all()


def write(
    session: Session, firm: Firm, change: Change, form: ChangeForm, *, with_file: bool
) -> Sequence[Diagnosis]:
    """Record what the form says; raises `EventRefused` or `UploadRefused`. The caller commits.

    Diagnoses that follow come back: an exemption on the roster exempts one under way.
    """
    event = record(
        session,
        actor(),
        firm,
        change,
        form.effective_on.data,
        facts=_facts(form),
        other=_other(session, firm, form),
        **_about(form),
    )
    if "children" in form:
        _split_off(session, firm, form)
    _keep_transfer(session, event, form)
    if with_file and form.file.data:
        proof = take(session, form.file.data, firm_id=event.firm_id, purpose=Purpose.PROOF)
        event.proof_id = proof.id
    session.flush()
    return follow_roster(session, [firm.id or 0], today(), actor(), event.reason)


def take_back(session: Session, event: RosterEvent, reason: str) -> Sequence[Diagnosis]:
    """Void a change; raises `EventRefused`. The caller commits; diagnoses that follow come back."""
    void(session, actor(), event, reason)
    return follow_roster(session, [event.firm_id], today(), actor(), reason)


def _about(form: ChangeForm) -> dict[str, Any]:
    return {
        "reason": (form.reason.data or "").strip(),
        "proof": (form.proof.data or "").strip(),
        "review_on": _review(form),
        "asked_by": (form.asked_by.data or "").strip(),
        "approved_by": form.approved_by.data,
    }


def _review(form: ChangeForm) -> date | None:
    """When an exemption is looked at again: within the quarter where nothing was said."""
    if "review_on" not in form:
        return None
    asked: date | None = form.review_on.data
    return asked or max(form.effective_on.data, today()) + REVIEW


def _facts(form: ChangeForm) -> dict[str, Any]:
    brought = form.transfer()
    if brought is None:
        return form.facts()
    said = {k: v.isoformat() if isinstance(v, date) else v for k, v in brought.items()}
    return form.facts() | {"transfer": said}


def _other(session: Session, firm: Firm, form: ChangeForm) -> Firm | None:
    if "other" not in form:
        return None
    code = (form.other.data or "").strip().upper()
    return _own(session, firm, code) or _refuse(NO_SUCH, code=code)


def _own(session: Session, firm: Firm, code: str) -> Firm | None:
    own = (Firm.uscc == code, Firm.district == firm.district)
    return session.exec(select(Firm).where(*own)).first()


def _refuse(text: Text, **held: str) -> NoReturn:
    raise EventRefused(Text(text.zh.format(**held), text.en.format(**held)))


def _split_off(session: Session, parent: Firm, form: ChangeForm) -> None:
    """Let the children enter; those that are not on the books yet are put there."""
    lines = [line.strip() for line in (form.children.data or "").splitlines() if line.strip()]
    if len(lines) + form.survives.data < 2:  # noqa: PLR2004  # one would be no split
        _refuse(TOO_FEW)
    for line in lines:
        code, _, name = line.replace("，", " ").replace(",", " ").partition(" ")
        code = code.upper()
        child = _own(session, parent, code) or _new(session, parent, code, name.strip())
        record(
            session,
            actor(),
            child,
            Change.ENTERED,
            form.effective_on.data,
            other=parent,
            **_about(form),
        )


def _new(session: Session, parent: Firm, code: str, name: str) -> Firm:
    if not codes.is_valid(code):
        _refuse(BAD_CODE, code=code)
    if session.exec(select(Firm.id).where(Firm.uscc == code)).first():
        _refuse(TAKEN, code=code)
    if not name:
        _refuse(NO_NAME, line=code)
    shared = {key: getattr(parent, key) for key in ("industry", "region", "park", "chain")}
    if len(name) > LONGEST:
        _refuse(LONG_NAME, code=code, most=str(LONGEST))
    entry = FirmEntry(uscc=code, name=name, district=parent.district, **shared)
    firm = Firm.model_validate(entry.model_dump() | {"fictional": parent.fictional})
    session.add(firm)
    session.flush()
    return firm


def _keep_transfer(session: Session, event: RosterEvent, form: ChangeForm) -> None:
    brought = form.transfer()
    if brought is not None:
        session.add(
            Transfer(
                **brought,
                firm_id=event.firm_id,
                district=event.district,
                proof=event.proof,
                approved_by=event.approved_by,
            )
        )
