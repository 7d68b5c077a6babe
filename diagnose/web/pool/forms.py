"""The bureau's forms: a project taken in, a move, the verdict of an acceptance."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError

from diagnose.records import Acceptance, Need, Verdict
from diagnose.retrofits.accepting import total_of
from diagnose.retrofits.feeding import TAKEN_IN
from diagnose.web.editions import EditionForm
from diagnose.web.fields import line, text
from diagnose.web.retrofits.forms import money, plain
from diagnose.web.retrofits.planned import OwnProjectForm, as_planned
from diagnose.web.retrofits.words import ORIGINS, VERDICTS

DECIDED = (Verdict.PASSED, Verdict.TO_MEND, Verdict.FAILED)


class TakeInForm(OwnProjectForm):
    """A project that no report suggests; `need` is the one of the census that it answers."""

    need = HiddenField()
    uscc = line(_l("Unified social credit code"), 18, DataRequired(_l("Whose project is it?")))
    origin = SelectField(_l("Origin"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.origin.choices = [SelectChoice(o.value, ORIGINS[o]) for o in TAKEN_IN]

    @classmethod
    def of(cls, need: Need | None, uscc: str) -> TakeInForm:
        """The form as a need fills it."""
        if need is None:
            return cls(data={"uscc": uscc, "year": 1, "months": 6, "origin": "application"})
        whose = {"need": str(need.id), "uscc": uscc, "origin": "census"}
        return cls(data=whose | as_planned(need))


class MoveForm(EditionForm):
    """A move, and the edition of the project that its page showed."""

    reason = text(_l("Reason"), 1000)


class VerifyForm(EditionForm):
    """What the checks found, and the verdict."""

    site = text(_l("Site check"), 2000, DataRequired(_l("Say what was found on site.")))
    finance = text(_l("Finance check"), 2000, DataRequired(_l("Say what the papers show.")))
    approved_amount = money(_l("Approved spending"))
    level_reached = RadioField(
        _l("Level reached"),
        choices=[
            SelectChoice("yes", _l("yes")),
            SelectChoice("no", _l("no")),
            SelectChoice("", _l("not judged")),
        ],
        default="",
    )
    experts = line(_l("Experts"), 300)
    verdict = RadioField(
        _l("Verdict"),
        choices=[SelectChoice(v.value, VERDICTS[v]) for v in DECIDED],
        validators=[InputRequired(_l("Choose one of the three."))],
    )
    reason = text(_l("Reason"), 2000)

    def __init__(self, *args: Any, acceptance: Acceptance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paid = total_of(acceptance.payments)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whoever passes a project says how much is approved."""
        good: bool = super().validate(extra_validators)
        field = self.approved_amount
        if field.data is None and not field.errors and self.verdict.data == Verdict.PASSED:
            field.errors = [_l("Enter an amount.")]
            return False
        return good

    def validate_approved_amount(self, field: Any) -> None:
        """Approved is at most what was paid."""
        if field.data is not None and float(field.data) > self.paid:
            raise ValidationError(_l("More than the payments come to."))

    def validate_reason(self, field: Any) -> None:
        """Whoever does not accept says why."""
        if self.verdict.data in {Verdict.TO_MEND, Verdict.FAILED} and not field.data:
            raise ValidationError(_l("Please give the reason."))

    def values(self) -> dict[str, Any]:
        """What was given, as the record keeps it."""
        words = {name: self[name].data or "" for name in ("site", "finance", "experts", "reason")}
        reached = {"yes": True, "no": False}.get(self.level_reached.data)
        return words | {
            "approved_amount": plain(self.approved_amount.data),
            "level_reached": reached,
            "verdict": self.verdict.data,
        }
