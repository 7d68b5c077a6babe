"""Answers and what follows from them as sentences show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from diagnose.web.languages import language
from questionnaires.model import Question
from questionnaires.rates import Worked, work_out
from questionnaires.text import Language


def in_words(question: Question, raw: object, language: Language) -> str:
    """A kept answer as a sentence shows it."""
    if raw is None:
        words = [_("Left blank")]
    elif isinstance(raw, Mapping):
        words = [_("I do not know") if raw["state"] == "unknown" else _("Does not apply to us")]
    elif isinstance(raw, bool):
        words = [_("Yes") if raw else _("No")]
    else:
        labels = {option.id: option.label.to(language) for option in question.options}
        values = raw if isinstance(raw, list) else [raw]
        words = [labels.get(str(value), str(value)) for value in values]
    return ("；" if language == "zh" else "; ").join(words)


@dataclass(frozen=True, slots=True)
class Share:
    """What the counts behind a question say, and whether its answer contradicts them."""

    words: str
    contradicts: bool


def share_of(question: Question, kept: Mapping[str, object]) -> Share | None:
    """What the counts say of a question's answer, None where they say nothing."""
    worked = work_out(question, kept)
    if worked is None:
        return None
    contradicts = worked.contradicts(kept.get(question.id))
    return Share(_in_words(question, worked, contradicts=contradicts), contradicts)


def _in_words(question: Question, worked: Worked, *, contradicts: bool) -> str:
    counts = {"part": f"{worked.part:g}", "whole": f"{worked.whole:g}"}
    if worked.answer is None:
        return str(_("The counts cannot be: %(part)s of %(whole)s. Please check them.", **counts))
    told = counts | {
        "percent": f"{worked.percent:g}",
        "answer": in_words(question, worked.answer, language()),
    }
    if contradicts:
        words = _(
            "Does not fit the counts: %(part)s of %(whole)s is %(percent)s %%, that is "
            "“%(answer)s”. Please check the counts and this answer.",
            **told,
        )
    else:
        words = _("From the counts: %(part)s of %(whole)s is %(percent)s %%.", **told)
    return str(words)


def sentences() -> dict[str, str]:
    """What the script says while it saves."""
    return {
        "saving": _("Saving …"),
        "saved": _("Saved {time}"),
        "waiting": _("Not saved yet"),
        "offline": _("Not saved yet: no connection. It is tried again; keep this page open."),
        "failed": _("Not saved yet: the service does not answer. It is tried again."),
        "signedOut": _(
            "Not saved yet: you are signed out. Sign in in another tab; what you typed stays here."
        ),
        "signIn": _("Sign in"),
        "refused": _("Not saved: please press “Save and go on”."),
        "gone": _("Not saved: this sheet is no longer there, or belongs to another account."),
        "closed": _("Not saved: this sheet was submitted meanwhile and takes no more changes."),
        "see": _("See how it stands"),
        "wrong": _("The marked answers are not saved yet."),
        "disputed": _("Somebody else answered the same question. Choose at the marked places."),
        "theirs": _("Saved in the other window:"),
        "keepMine": _("Keep mine"),
        "takeTheirs": _("Take the other"),
        "takenOver": _("Changed in the other window; here is what it says now."),
        "done": _("complete"),
        "begun": _("begun"),
        "empty": _("not begun"),
    }
