"""The log in plain words: who, by what they are here, and what they did."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from diagnose.records import Account, AuditEntry, Firm, Kind, Provider
from diagnose.web.database import records

KINDS: Mapping[str, LazyString] = {
    Kind.FIRM: _l("your firm"),
    Kind.CONSULTANT: _l("Consultant"),
    Kind.REVIEWER: _l("Reviewer"),
    Kind.OFFICER: _l("Bureau"),
    Kind.ADMINISTRATOR: _l("Administrator"),
}
LOOKS: Mapping[str, LazyString] = {
    "view.firm": _l("looked at the roster entry of your firm"),
    "view.diagnosis": _l("looked at how the diagnosis stands"),
    "view.answers": _l("looked at the answers of your self-assessment"),
    "view.result": _l("looked at the result"),
    "view.visit": _l("looked at the record of the visit"),
    "view.findings": _l("looked at the findings"),
    "view.plan": _l("looked at the project plan"),
    "view.objections": _l("looked at your objections"),
    "view.report": _l("looked at the report"),
    "view.report.short": _l("looked at the short form of the report"),
    "view.review": _l("looked at the review"),
    "view.chain": _l("looked at what your firm shares along the supply chain"),
    "view.benchmark": _l("looked at your benchmark project"),
    "view.census": _l("looked at your census sheet"),
    "view.need": _l("looked at one of your needs"),
    "view.file": _l("opened a file that was handed in"),
}
FAMILIES: Mapping[str, LazyString] = {
    "view": _l("looked at data of your firm"),
    "diagnosis": _l("moved the diagnosis on"),
    "finding": _l("worked on the findings"),
    "project": _l("worked on the project plan"),
    "report": _l("worked on the report"),
    "review": _l("worked on the review"),
    "verification": _l("verified answers"),
    "answer": _l("verified answers"),
    "visit": _l("worked on the record of the visit"),
    "file": _l("handed in or took back a file"),
    "firm": _l("changed the roster entry of your firm"),
    "roster": _l("changed the roster entry of your firm"),
    "account": _l("changed an account of your firm"),
    "sheet": _l("worked on your self-assessment"),
    "chain": _l("worked on a link of the supply chain"),
    "benchmark": _l("worked on your benchmark project"),
    "copy": _l("registered what your firm copies of a benchmark project"),
    "census": _l("worked on your census sheet"),
    "need": _l("worked on one of your needs"),
    "campaign": _l("put your firm on the list of a campaign"),
    "subsidy": _l("planned grants with your projects"),
    "rating": _l("rated the provider"),
    "offline": _l("fetched the Excel form"),
    "answers": _l("worked on your self-assessment"),
    "assessment": _l("worked on your self-assessment"),
    "job": _l("had a document made"),
}
WHY: Mapping[str, LazyString] = {
    "sample": _l("for a sample check"),
    "complaint": _l("to look into a complaint"),
    "audit": _l("for an audit of the programme"),
}


def who(account: Account | None, provider: Provider | None) -> str:
    """Somebody by what they are and where they belong, never by name."""
    if account is None:
        system: str = _("The system")
        return system
    house = provider.name if provider else account.district
    kind = str(KINDS[Kind(account.kind)])
    if account.kind == Kind.FIRM and account.firm_id is not None:
        leader = records().get(Firm, account.firm_id)
        kind, house = _("Chain leader"), leader.name if leader else ""
    return f"{kind} · {house}" if house else kind


def what(entry: AuditEntry) -> str:
    """An entry as a sentence's end; an unknown action by its family, else by its name."""
    family = entry.action.partition(".")[0]
    said = LOOKS.get(entry.action) or FAMILIES.get(family)
    why = WHY.get(str(entry.details.get("why", "")))
    words = str(said) if said else entry.action
    if why is None:
        return words
    reasoned: str = _("%(what)s (%(why)s)", what=words, why=why)
    return reasoned
