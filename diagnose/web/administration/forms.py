"""Forms of the administration."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    AnyOf,
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
)

from diagnose.records import Kind, Provider
from diagnose.web.accounts.kind_names import KINDS
from questionnaires.normal import clean_line

NEEDED = DataRequired(_l("Please fill this in."))
NOBODY = SelectChoice(0, "—")
CHANGES = ("code", "unlock", "close", "reopen", "factor_off")


def plain(typed: str | None) -> str:
    """A text on one line, without controls or spaces; one that was not sent is empty."""
    return clean_line(typed or "")


def at_most(length: int) -> Length:
    """A text that fits its column."""
    return Length(max=length, message=_l("At most %(max)d characters."))


class AccountForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """What may be changed of an account later on."""

    name = StringField(_l("Full name"), [NEEDED, at_most(100)], [plain])
    certificate = StringField(_l("Certificate number"), [at_most(60)], [plain])
    district = StringField(_l("District"), [at_most(100)], [plain])
    provider_id = SelectField(_l("Provider"), coerce=int, default=0)

    def offer(self, providers: Sequence[Provider]) -> None:
        """Let a provider be chosen, or none."""
        self.provider_id.choices = [
            NOBODY,
            *(SelectChoice(house.id, house.name) for house in providers),
        ]


class NewAccountForm(AccountForm):
    """A new account of any kind."""

    kind = SelectField(
        _l("Kind"), choices=[SelectChoice(kind.value, name) for kind, name in KINDS.items()]
    )
    username = StringField(
        _l("Username"),
        [
            Optional(),
            Length(min=3, max=60, message=_l("From 3 to 60 characters.")),
            Regexp(r"^[\w.@-]+$", message=_l("Letters, figures and . @ - _ only, no spaces.")),
        ],
        [plain],
    )
    uscc = StringField(_l("Unified social credit code"), [at_most(30)], [plain])


class ChangeForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """One thing to be done to an account; what cannot be taken back wants a tick."""

    wanted = HiddenField(validators=[AnyOf(CHANGES)])
    sure = BooleanField(_l("Yes, I am sure"))


class ProviderForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A provider."""

    code = StringField(_l("Short code"), [NEEDED, at_most(30)], [plain])
    name = StringField(_l("Name"), [NEEDED, at_most(200)], [plain])
    specialities = StringField(_l("Specialities"), [at_most(500)], [plain])
    valid_until = DateField(
        _l("Admitted until"),
        [Optional()],
    )
    load = IntegerField(
        _l("Open diagnoses at most"),
        [InputRequired(_l("Please give a whole number.")), NumberRange(0, 100_000)],
        default=30,
    )


class InterestForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A firm in which a provider has an interest."""

    uscc = StringField(_l("The firm's unified social credit code"), [NEEDED, at_most(30)], [plain])
    note = StringField(_l("What the interest is"), [NEEDED, at_most(500)], [plain])


def kinds_to_filter() -> list[tuple[str, object]]:
    """The kinds of account, and all of them."""
    return [("", _l("All kinds")), *((kind.value, KINDS[kind]) for kind in Kind)]
