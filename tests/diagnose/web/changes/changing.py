"""Changes on the bureau's pages, as tests need them."""

from sqlmodel import select

from diagnose.records.roster import Listing, Spell


def form_of(visitor, firm, change):
    return visitor.get(f"/roster/changes/record/{firm.id}?change={change}")


def fill(visitor, firm, change, status=200, **typed):
    """Fill in the form of a change and send it, or only look at its effect with `preview`."""
    given = {"proof": "统计局通知", "save": "1"} | typed
    if "preview" in typed:
        del given["save"]
    return visitor.send(form_of(visitor, firm, change), status, fields=given)


def take_back(visitor, event, status=200, reason="误登"):
    page = visitor.get(f"/roster/changes/void/{event.id}")
    return visitor.send(page, status, reason=reason)


def listings(session, firm):
    session.expire_all()
    rows = session.exec(select(Spell).where(Spell.firm_id == firm.id).order_by(Spell.since))
    return [(spell.since, Listing(spell.listing)) for spell in rows]
