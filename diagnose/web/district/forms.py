"""What the list of firms can be narrowed by."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField

from diagnose.web.judging import level_name, size_name, standard
from diagnose.web.languages import told
from models.firms import SIZES, division_names

Choices = list[tuple[str, str]]


class FilterForm(Form):  # type: ignore[misc]  # it brings no types
    """Filters in the address of the page; an unknown value filters nothing."""

    search = StringField(_l("Name or code"))
    level = StringField(_l("Level"))
    size = StringField(_l("Size"))
    industry = StringField(_l("Industry"))

    @property
    def chosen(self) -> dict[str, str]:
        """What was asked for, blanks left out: the arguments of the page's own links."""
        values = {name: (field.data or "").strip() for name, field in self._fields.items()}
        return {name: value for name, value in values.items() if value}

    @property
    def lists(self) -> dict[str, Choices]:
        """What each list offers, in the language of the page."""
        levels = range(len(standard().levels) + 1)
        names = division_names().items()
        return {
            "level": [(str(number), told(level_name(number))) for number in levels],
            "size": [(str(number), told(size_name(number))) for number in range(len(SIZES))],
            "industry": [(code, f"{code} {told(name)}") for code, name in names],
        }
