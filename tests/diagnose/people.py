"""People and what they work on, as rows: factories for tests of the service."""

from datetime import date, timedelta
from itertools import count

from diagnose.records import Account, Diagnosis, Firm, Kind, Provider, Stay
from diagnose.records.columns import now
from diagnose.records.roster import Change, Ground, RosterEvent
from diagnose.roster.keeping import refold
from diagnose.roster.stands import FACTS
from questionnaires.clock import day_of, today
from tests.diagnose.factories import make_uscc

DISTRICT = "江岸区"
_numbers = count(1)


def keep(session, row):
    session.add(row)
    session.commit()
    session.refresh(row)
    return row


def make_firm(session, *, entered_on=date(2020, 1, 1), **changes):
    """A firm; one on the roster entered it on `entered_on`."""
    held = {
        "name": "武汉一号机械有限公司",
        "uscc": make_uscc(),
        "industry": "3484",
        "employees": 120,
        "revenue": 8600.0,
        "region": "后湖街道",
        "district": DISTRICT,
        "on_roster": True,
    }
    firm = keep(session, Firm.model_validate(held | changes))
    if firm.on_roster:
        enter(session, firm, entered_on)
    return firm


def enter(session, firm, day):
    """Let a firm enter its roster, without a row in the audit log."""
    event = RosterEvent(
        firm_id=firm.id,
        district=firm.district,
        change=Change.ENTERED,
        effective_on=day,
        facts={name: getattr(firm, name) for name in FACTS},
    )
    session.add(event)
    session.flush()
    refold(session, firm.district, [firm.id], today())
    session.commit()
    session.refresh(firm)
    return event


def make_provider(session, **changes):
    number = next(_numbers)
    held = {"code": f"P{number}", "name": f"第{number}诊断服务中心"}
    return keep(session, Provider.model_validate(held | changes))


def make_account(session, kind, **changes):
    """An account that is activated; firms' and consultants' get the house they belong to."""
    number = next(_numbers)
    held = {
        "kind": Kind(kind),
        "username": f"{kind}{number}",
        "name": f"用户{number}",
        "district": DISTRICT if kind in {"officer", "reviewer"} else "",
        "stamp": f"stamp{number}",
        "password_hash": "not a hash that any password has",
    } | changes
    if kind == "firm" and "firm_id" not in held:
        held["firm_id"] = make_firm(session).id
    if kind == "consultant" and "provider_id" not in held:
        held["provider_id"] = make_provider(session).id
    return keep(session, Account.model_validate(held))


def make_diagnosis(session, firm, **changes):
    number = next(_numbers)
    held = {"number": f"ZD2026-{number:06d}", "firm_id": firm.id}
    diagnosis = keep(session, Diagnosis.model_validate(held | changes))
    tell_stays(session, diagnosis)
    return diagnosis


def tell_stays(session, diagnosis):
    """Let a diagnosis stay where its row says it is; one that is exempt is so on the roster too."""
    shared = {name: getattr(diagnosis, name) for name in ("firm_id", "provider_id")}
    shared["diagnosis_id"] = diagnosis.id
    since, state = diagnosis.accepted_on or day_of(diagnosis.opened_at), diagnosis.state
    if state in {"done", "expired"}:
        ended = None if state == "done" else (diagnosis.valid_until or since) + timedelta(1)
        done = {"state": "done", "since": since, "until": ended}
        session.add(Stay(**shared, **done, valid_until=diagnosis.valid_until))
        since = ended
    if state != "done":
        session.add(Stay(**shared, state=state, since=since))
    if state == "exempt":
        exempt(session, session.get(Firm, diagnosis.firm_id), since)
    session.commit()
    session.refresh(diagnosis)


def exempt(session, firm, day, ground=Ground.OTHER):
    """Exempt a firm, without a row in the audit log."""
    told = {"change": Change.EXEMPTED, "effective_on": day, "facts": {"ground": int(ground)}}
    session.add(RosterEvent(firm_id=firm.id, district=firm.district, **told))
    session.flush()
    refold(session, firm.district, [firm.id], today())


def sign_in(client, account):
    """Let a test client act as `account`, without the page of sign-in."""
    with client.session_transaction() as session:
        session["_user_id"] = f"{account.id}:{account.stamp}"
        session["_fresh"] = True
        session["since"] = session["seen"] = int(now().timestamp())
