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
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import CheckboxInput

from diagnose.records import Firm
from diagnose.roster.words import HONOURS
from diagnose.web.fields import HeadForm, line, text
from diagnose.web.languages import NAMES
from questionnaires.clock import today

FACTS = ("name", "uscc", "industry", "employees", "revenue", "region")
BESIDE = ("contact", "phone")
MORE = ("park", "chain", "grid", "remark")
KEPT = (*FACTS, *BESIDE, *MORE, "honours", "on_roster")


class FirmForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A firm as an officer types it; `seen` tells which state of it the page showed."""

    name = StringField(_l("Name of the firm"))
    uscc = StringField(_l("Unified social credit code"))
    industry = StringField(_l("Industry code"))
    employees = StringField(_l("Employees"))
    revenue = StringField(_l("Revenue last year"))
    region = StringField(_l("Street"))
    park = line(_l("Park"), 100)
    chain = line(_l("Industry chain"), 100)
    honours = SelectMultipleField(
        _l("Honours"),
        coerce=int,
        choices=[SelectChoice(int(honour), str(int(honour))) for honour in HONOURS],
        option_widget=CheckboxInput(),
    )
    grid = line(_l("Looked after by"), 100)
    remark = line(_l("Remarks"), 500)
    contact = line(_l("Contact"), 100)
    phone = line(_l("Phone"), 40)
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


class LettersForm(HeadForm):
    """What goes into letters and code lists, and for whom."""

    firm = HiddenField()
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

    reason = text(
        _l("What the phone numbers are needed for"),
        500,
        DataRequired(_l("Please give the reason.")),
    )


def fingerprint(firm: Firm) -> str:
    """What a firm's facts are, in one word."""
    held = [getattr(firm, name) for name in KEPT]
    return sha256(json.dumps(held).encode()).hexdigest()


def spelt(value: object) -> str:
    """A fact as it is typed."""
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)
