"""Forms of the accounts area."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length
from wtforms.widgets import HiddenInput

from diagnose.accounts.passwords import MOST

NEEDED = InputRequired(_l("Please fill this in."))
SAME = EqualTo("password", _l("The two do not match. Type the new password twice."))
LONGEST = Length(max=MOST, message=_l("This is too long."))


class SignInForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Who comes in."""

    username = StringField(_l("Username"), [NEEDED, LONGEST])
    password = PasswordField(_l("Password"), [NEEDED, LONGEST])


class CodeForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A code of the phone, or one for its loss."""

    code = StringField(_l("Code of the app"), [NEEDED, LONGEST])


class ActivationForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """The code that was handed out."""

    code = StringField(_l("Activation code"), [NEEDED, LONGEST])


class OpeningForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """The first password, or a new one after a lost one, and the notice on data accepted."""

    code = StringField(validators=[NEEDED, LONGEST], widget=HiddenInput())
    password = PasswordField(_l("New password"), [NEEDED, LONGEST])
    repeat = PasswordField(_l("New password again"), [NEEDED, SAME])
    accepted = BooleanField(
        _l("I have read what is kept about us, who sees it, and what it is never used for."),
        [
            InputRequired(
                _l("Please read the notice and tick this box; without it we cannot begin.")
            )
        ],
    )


class PasswordForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """Another password."""

    present = PasswordField(_l("Present password"), [NEEDED, LONGEST])
    password = PasswordField(_l("New password"), [NEEDED, LONGEST])
    repeat = PasswordField(_l("New password again"), [NEEDED, SAME])


class ConfirmForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """The password once more, before something that weakens the account."""

    present = PasswordField(_l("Present password"), [NEEDED, LONGEST])
