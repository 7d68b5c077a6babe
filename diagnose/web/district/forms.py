"""What the list of firms can be narrowed by."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField, StringField

from diagnose.web.judging import level_name, size_name, standard
from diagnose.web.languages import told
from models.firms import SIZES, division_names


class FilterForm(Form):  # type: ignore[misc]  # it brings no types
    """Filters in the address of the page; an unknown value filters nothing."""

    search = StringField(_l("Name or code"))
    level = SelectField(_l("Level"), validate_choice=False)
    size = SelectField(_l("Size"), validate_choice=False)
    industry = SelectField(_l("Industry"), validate_choice=False)

    def offer(self) -> FilterForm:
        """Fill the lists to choose from, in the language of the page."""
        every = ("", _("all"))
        levels = range(len(standard().levels) + 1)
        self.level.choices = [every, *((str(n), told(level_name(n))) for n in levels)]
        self.size.choices = [every, *((str(n), told(size_name(n))) for n in range(len(SIZES)))]
        names = division_names().items()
        self.industry.choices = [every, *((code, f"{code} {told(name)}") for code, name in names)]
        return self

    @property
    def chosen(self) -> dict[str, str]:
        """What was asked for, blanks left out: the arguments of the page's own links."""
        values = {name: (field.data or "").strip() for name, field in self._fields.items()}
        return {name: value for name, value in values.items() if value}
