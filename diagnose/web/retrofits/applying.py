"""The form of an application for acceptance: days, sheets before and after, payments, files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from diagnose.records import Acceptance, Contract
from diagnose.retrofits.accepting import FILES, NEEDED, repeated
from diagnose.retrofits.levels import Standing
from diagnose.web.fields import line, text
from diagnose.web.judging import level_name, points
from diagnose.web.languages import told
from diagnose.web.retrofits.forms import NOT_YET, day, money, plain
from questionnaires.clock import today

SPARE = 3  # empty rows offered below the filled ones
MOST_PAYMENTS = 200
SATISFACTION = (
    ("5", _l("5 very satisfied")),
    ("4", _l("4 satisfied")),
    ("3", _l("3 neither nor")),
    ("2", _l("2 dissatisfied")),
    ("1", _l("1 very dissatisfied")),
)


class PaymentForm(Form):  # type: ignore[misc]  # it brings no types
    """One invoice and its payment; a row left blank is none."""

    number = line(_l("Invoice number"), 60)
    day = day(_l("Paid on"))
    amount = money(_l("Amount"))
    payer = line(_l("Payer"), 200)
    payee = line(_l("Payee"), 200)
    eligible = BooleanField(_l("A grant may count it"))

    @property
    def blank(self) -> bool:
        """Whether nothing was typed into it."""
        names = ("number", "day", "amount", "payer", "payee")
        return not any((self[name].raw_data or [""])[0].strip() for name in names)

    def validate(self, extra_validators: Any = None) -> bool:
        """A row that was begun names number, day and amount."""
        good: bool = super().validate(extra_validators)
        if self.blank:
            return good
        for name in ("number", "day", "amount"):
            if self[name].data in (None, "") and not self[name].errors:
                self[name].errors = [_l("Still missing.")]
                good = False
        if self["day"].data and self["day"].data > today():
            self["day"].errors = [NOT_YET]
            good = False
        return good

    def values(self) -> dict[str, Any]:
        """The payment as records keep it."""
        return {
            "number": self.number.data or "",
            "day": self["day"].data.isoformat(),
            "amount": plain(self.amount.data) or 0.0,
            "payer": self.payer.data or "",
            "payee": self.payee.data or "",
            "eligible": bool(self.eligible.data),
        }


class ApplyForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """An application for acceptance; `edition` is the project's as the page showed it."""

    edition = HiddenField()
    finished_on = day(_l("Works ended on"), needed=True)
    before = SelectField(_l("Assessment before"), validate_choice=False)
    after = SelectField(_l("Assessment after"), validate_choice=False)
    payments = FieldList(FormField(PaymentForm), max_entries=MOST_PAYMENTS)
    summary = text(_l("What was achieved, in short"), 3000)
    satisfaction = RadioField(
        _l("How satisfied you are with the supplier"),
        choices=[SelectChoice(value, label) for value, label in SATISFACTION],
        validators=[Optional()],
    )
    file_contract = FileField(_l("Contract"))
    file_spending = FileField(_l("List of spending"))
    file_payments = FileField(_l("Invoices and proof of payment"))
    file_summary = FileField(_l("Summary report"))
    file_effects = FileField(_l("Proof of effects"))
    file_truth = FileField(_l("Declaration of truth, signed"))

    def __init__(
        self, *args: Any, held: Mapping[str, Any], standings: Sequence[Standing], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        offered = [SelectChoice("", _l("none")), *map(_choice, standings)]
        self.before.choices = self.after.choices = offered
        self.days = {str(standing.assessment_id): standing.day for standing in standings}

    @classmethod
    def of(
        cls, last: Acceptance | None, standings: Sequence[Standing], term: Contract | None
    ) -> ApplyForm:
        """The form as an earlier application fills it, or else the term of the contract."""
        data: dict[str, Any] = {} if term is None else _likely(standings, term)
        if last is not None:
            data = {
                "finished_on": last.finished_on,
                "before": str(last.before_id or ""),
                "after": str(last.after_id or ""),
                "summary": last.summary,
                "satisfaction": str(last.satisfaction or ""),
                "payments": [p | {"day": date.fromisoformat(p["day"])} for p in last.payments],
            }
        return cls(data=data, held=last.files if last else {}, standings=standings)

    def offer_rows(self) -> None:
        """Leave some rows free below the filled ones."""
        filled = sum(not row.form.blank or bool(row.form.number.data) for row in self.payments)
        while len(self.payments) < min(filled + SPARE, MOST_PAYMENTS):
            self.payments.append_entry()

    def validate_finished_on(self, field: DateField) -> None:
        """Acceptance is asked for once works have ended."""
        if field.data and field.data > today():
            raise ValidationError(NOT_YET)

    def validate_before(self, field: SelectField) -> None:
        """Only the firm's own sheets."""
        if field.data and field.data not in self.days:
            raise ValidationError(_l("Choose one of your own sheets."))

    def validate_after(self, field: SelectField) -> None:
        """Another sheet than before."""
        self.validate_before(field)
        if not (field.data and self.before.data):
            return
        if field.data == self.before.data:
            raise ValidationError(_l("Choose another sheet than the one before."))
        if self.days.get(field.data, date.max) < self.days.get(self.before.data, date.min):
            raise ValidationError(_l("Choose a sheet that is later than the one before."))

    def validate_payments(self, _field: FieldList) -> None:
        """Each invoice once, and at least one."""
        rows = self.filled()
        if not rows:
            raise ValidationError(_l("Enter at least one payment."))
        twice = repeated({"number": row.number.data or ""} for row in rows)
        if twice:
            raise ValidationError(
                _l("This invoice number is there more than once: %(number)s", number=twice[0])
            )

    def validate(self, extra_validators: Any = None) -> bool:
        """What an application needs is handed in with it or was before."""
        good: bool = super().validate(extra_validators)
        for kind in NEEDED:
            field = self[f"file_{kind}"]
            if not (field.data and field.data.filename) and not self.held.get(kind):
                field.errors = [*field.errors, _l("Choose a file.")]
                good = False
        return good

    def filled(self) -> list[PaymentForm]:
        """The rows that were begun."""
        return [row.form for row in self.payments if not row.form.blank]

    def values(self) -> dict[str, Any]:
        """What was given, files aside, as the record keeps it."""
        return {
            "finished_on": self.finished_on.data,
            "before_id": int(self.before.data) if self.before.data else None,
            "after_id": int(self.after.data) if self.after.data else None,
            "payments": [row.values() for row in self.filled()],
            "summary": self.summary.data or "",
            "satisfaction": int(self.satisfaction.data) if self.satisfaction.data else None,
        }

    def files(self) -> Iterable[tuple[str, Any]]:
        """What was chosen to be handed in, by kind."""
        for kind in FILES:
            chosen = self[f"file_{kind}"].data
            if chosen and chosen.filename:
                yield kind, chosen


def _likely(standings: Sequence[Standing], term: Contract) -> dict[str, Any]:
    """The end of works, the last sheet before they began, and the latest one since."""
    ended = min(term.ends_on, today())
    before = (str(s.assessment_id) for s in standings if s.day <= term.starts_on)
    after = (str(s.assessment_id) for s in standings if s.day >= ended)
    return {"finished_on": ended, "before": next(before, ""), "after": next(after, "")}


def _choice(standing: Standing) -> SelectChoice:
    level = told(level_name(standing.level)) if standing.level is not None else "–"
    score = points(standing.score) if standing.score is not None else "–"
    basis = _l("verified") if standing.verified else _l("self")
    words = _l(
        "%(day)s · %(level)s · %(score)s points · %(basis)s",
        day=standing.day,
        level=level,
        score=score,
        basis=basis,
    )
    return SelectChoice(str(standing.assessment_id), words)
