"""What the actions of the audit log are called; one without a name is shown as it is kept."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

GROUPS: Mapping[str, LazyString] = {
    "account.": _l("Accounts and sign-in"),
    "access.": _l("Refusals"),
    "view.": _l("Looks at another's data"),
    "diagnosis.": _l("Diagnoses"),
    "sheet.": _l("Answer sheets"),
    "report.": _l("Reports"),
    "file.": _l("Files"),
    "firm.": _l("Roster"),
    "provider.": _l("Providers"),
    "consent.": _l("Consents"),
    "token.": _l("Tokens"),
}

ACTIONS: Mapping[str, LazyString] = {
    "account.open": _l("Account opened"),
    "account.code": _l("Activation code issued"),
    "account.activate": _l("Account activated, password set"),
    "account.change": _l("Account changed"),
    "account.sign_in": _l("Signed in"),
    "account.sign_out": _l("Signed out"),
    "account.sign_out_everywhere": _l("Signed out everywhere"),
    "account.refuse": _l("Sign-in failed"),
    "account.lock": _l("Locked after failures"),
    "account.unlock": _l("Unlocked"),
    "account.close": _l("Account closed"),
    "account.reopen": _l("Account reopened"),
    "account.password": _l("Password changed"),
    "account.factor_on": _l("Second factor turned on"),
    "account.factor_off": _l("Second factor turned off"),
    "account.recovery": _l("New recovery codes"),
    "access.refused": _l("Page refused"),
    "access.foreign": _l("Another's record refused"),
    "log.check": _l("Audit log checked"),
    "provider.open": _l("Provider admitted"),
    "provider.change": _l("Provider changed"),
    "interest.add": _l("Interest noted"),
    "interest.remove": _l("Interest removed"),
    "diagnosis.open": _l("Diagnosis opened"),
    "diagnosis.move": _l("Diagnosis moved on"),
    "diagnosis.sheet": _l("Answer sheet tied to the diagnosis"),
    "sheet.begin": _l("Answer sheet begun"),
    "sheet.facts": _l("Firm's facts changed"),
    "sheet.submit": _l("Answer sheet submitted"),
    "sheet.discard": _l("Answer sheet discarded"),
    "answers.save": _l("Answers saved"),
    "file.add": _l("File handed in"),
    "file.remove": _l("File removed"),
    "firm.add": _l("Firm entered in the roster"),
    "firm.change": _l("Firm changed"),
    "view.file": _l("Looked at a file"),
    "view.diagnosis": _l("Looked at a diagnosis"),
    "view.answers": _l("Looked at answers"),
    "view.report": _l("Looked at a report"),
    "view.result": _l("Looked at a result"),
}


def action_name(action: str) -> LazyString | str:
    """The name of an action."""
    return ACTIONS.get(action, action)
