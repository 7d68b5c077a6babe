"""Forms of the roster: one firm, a file of firms, letters, an export with phone numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput

from diagnose.records import Firm
from diagnose.roster.words import HONOURS
from diagnose.web.languages import NAMES
from questionnaires.clock import today
from questionnaires.normal import clean_line, clean_text

FACTS = ("name", "uscc", "industry", "employees", "revenue", "region")
BESIDE = ("contact", "phone")
MORE = ("park", "chain", "grid", "remark")
KEPT = (*FACTS, *BESIDE, *MORE, "honours", "on_roster")
TOO_LONG = _l("At most %(max)d characters.")


def on_one_line(typed: str | None) -> str | None:
    """What is kept of a line: no controls, no blanks around it."""
    return clean_line(typed) if typed else typed


def as_text(typed: str | None) -> str | None:
    """What is kept of a text: likewise, its line breaks too."""
    return clean_text(typed) if typed else typed


def _line(label: object) -> StringField:
    return StringField(label, filters=[on_one_line], validators=[Length(max=100, message=TOO_LONG)])


class FirmForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A firm as an officer types it; `seen` tells which state of it the page showed."""

    name = StringField(_l("Name of the firm"))
    uscc = StringField(_l("Unified social credit code"))
    industry = StringField(_l("Industry code"))
    employees = StringField(_l("Employees"))
    revenue = StringField(_l("Revenue last year"))
    region = StringField(_l("Street"))
    park = _line(_l("Park"))
    chain = _line(_l("Industry chain"))
    honours = SelectMultipleField(
        _l("Honours"),
        coerce=int,
        choices=[SelectChoice(int(honour), str(int(honour))) for honour in HONOURS],
        option_widget=CheckboxInput(),
    )
    grid = _line(_l("Looked after by"))
    remark = StringField(
        _l("Remarks"), filters=[on_one_line], validators=[Length(max=500, message=TOO_LONG)]
    )
    contact = StringField(
        _l("Contact"), filters=[on_one_line], validators=[Length(max=100, message=TOO_LONG)]
    )
    phone = StringField(
        _l("Phone"), filters=[on_one_line], validators=[Length(max=40, message=TOO_LONG)]
    )
    on_roster = BooleanField(_l("On the roster of above-scale industrial firms"))
    effective_on = DateField(
        _l("Effective from"),
        default=today,
        validators=[InputRequired(_l("Give the day from which this holds."))],
    )
    seen = HiddenField()

    @classmethod
    def of(cls, firm: Firm) -> FirmForm:
        """The form filled with a firm's facts, or with what was typed over them."""
        facts = {name: spelt(getattr(firm, name)) for name in (*FACTS, *BESIDE, *MORE)}
        held = [int(honour) for honour in HONOURS if firm.honours & honour]
        beside = {"honours": held, "on_roster": firm.on_roster, "seen": fingerprint(firm)}
        return cls(data={**facts, **beside})

    def typed(self) -> dict[str, object]:
        """The facts as typed, empty ones left out; an industry may be followed by its name."""
        values = {name: (self[name].data or "").strip() for name in FACTS}
        values["industry"] = values["industry"].split(" ")[0]
        return {name: value for name, value in values.items() if value}

    def beside(self) -> dict[str, object]:
        """What is kept beside the facts of an answer sheet."""
        lines = {name: (self[name].data or "").strip() for name in (*BESIDE, *MORE)}
        return {**lines, "honours": sum(self.honours.data or []), "on_roster": self.on_roster.data}

    def complain(self, problems: Mapping[str, str]) -> None:
        """Put what is wrong beside the fields."""
        for name, problem in problems.items():
            self[name].errors = [problem]

    def reopen(self, firm: Firm) -> None:
        """Let the next sending of this form count from how the firm stands now."""
        self.seen.raw_data, self.seen.data = None, fingerprint(firm)


class LettersForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """What goes into letters and code lists, and for whom."""

    firm = HiddenField()
    bureau = StringField(
        _l("Name of the bureau"),
        filters=[on_one_line],
        validators=[
            DataRequired(_l("Enter the name under which you write.")),
            Length(max=100, message=TOO_LONG),
        ],
    )
    contact = StringField(
        _l("Contact for questions"),
        filters=[on_one_line],
        validators=[Length(max=200, message=TOO_LONG)],
    )
    language = RadioField(
        _l("Language of the letter"),
        choices=[SelectChoice(code, name) for code, name in NAMES.items()],
        default="zh",
    )
    active = BooleanField(
        _l("Also for firms whose account is in use; their code sets a new password")
    )
    sure = BooleanField(
        _l("I know that codes handed out earlier to these firms stop working."),
        validators=[InputRequired(_l("Please confirm before codes are made."))],
    )


class PhonesForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Why an export shows phone numbers in full."""

    reason = TextAreaField(
        _l("What the phone numbers are needed for"),
        filters=[as_text],
        validators=[
            DataRequired(_l("Please give the reason.")),
            Length(max=500, message=TOO_LONG),
        ],
    )


class PlainForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A button."""


def fingerprint(firm: Firm) -> str:
    """What a firm's facts are, in one word."""
    held = [getattr(firm, name) for name in KEPT]
    return sha256(json.dumps(held).encode()).hexdigest()


def spelt(value: object) -> str:
    """A fact as it is typed."""
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)
