"""Forms of supply chains: a link, what a supplier shares, what a leader aims at."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from diagnose.benchmarks.chains import WORKED_ON, Item
from diagnose.web.chains.words import ITEMS
from diagnose.web.editions import EditionForm
from diagnose.web.fields import line, text


def _code(label: object) -> StringField:
    wanted = DataRequired(_l("Which firm is it?"))
    return line(label, 18, wanted)


class LinkForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A supplier asked on behalf of a chain leader."""

    leader = _code(_l("Code of the chain leader"))
    supplier = _code(_l("Code of the supplier"))
    supplies = line(_l("What it supplies"), 200)
    links = SelectMultipleField(
        _l("What they work on together"),
        choices=[SelectChoice(item, ITEMS[item]) for item in WORKED_ON],
    )


class AgreeForm(EditionForm):
    """What a supplier shares."""

    items = SelectMultipleField(
        _l("What the chain leader may see"),
        choices=[SelectChoice(item, ITEMS[item]) for item in Item],
    )


class TargetForm(EditionForm):
    """What a leader aims at with a supplier."""

    target = text(_l("Target"), 500)
    project = SelectField(_l("By which of your projects"), coerce=int)

    def offer(self, projects: Sequence[tuple[int, str]]) -> None:
        """Offer the leader's own projects."""
        self.project.choices = [
            SelectChoice(0, _l("none")),
            *(SelectChoice(*pair) for pair in projects),
        ]
