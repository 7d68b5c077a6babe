"""Forms of the census: one block, one need, the pledge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from diagnose.needs.fields import Block, Field, census_form
from diagnose.needs.matching import scene_titles
from diagnose.needs.prefilling import Known
from diagnose.records import Need
from diagnose.web.editions import EditionForm
from diagnose.web.languages import told
from diagnose.web.numbers import NumberField
from diagnose.web.worklist.forms import tidy
from models.roadmap import load_catalogue

MOST = 10_000_000
YEARS = (1980, 2100)
NUMBERS = ("budget", "this_year", "software", "equipment")
PLANNED = ("starts_on", "ends_on", "this_year", "software", "equipment", "filing")
WANTED = ("wanted_on", "funding", "services")


class BlockForm(EditionForm):
    """One block; `block_form` adds the fields that are still to be asked."""


def block_form(block: Block, known: Known) -> type[BlockForm]:
    """The form of a block, without what the self-assessment answered already."""
    made: dict[str, Any] = {}
    for field in block.fields:
        made |= MAKERS[field.kind](field, known)
    return type("AskedForm", (BlockForm,), made)


def filled(block: Block, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Kept facts as the form's fields hold them."""
    data: dict[str, Any] = {}
    for field in block.fields:
        value = facts.get(field.id)
        if field.kind in COLUMNS:
            for id_, row in (value or {}).items():
                data |= {f"{field.id}-{id_}-{name}": _shown(row[name]) for name in row}
        elif value is not None:
            data[field.id] = _shown(value)
    return data


def given(block: Block, form: BlockForm, known: Known) -> dict[str, Any]:
    """What the form holds, as `Census.facts` keeps it; None takes a fact back."""
    facts: dict[str, Any] = {}
    for field in block.fields:
        if field.kind in COLUMNS:
            facts[field.id] = _rows(field, form) or None
        elif field.id in form:
            facts[field.id] = _kept(form[field.id].data)
        elif field.id in known.values:
            facts[field.id] = None
    return facts


def _number(field: Field, known: Known) -> dict[str, Any]:
    if field.id in known.values:
        return {}
    unit = IntegerField if field.kind == "whole" else NumberField
    within = NumberRange(0, field.most, _l("A number from 0 to %(most)s.", most=int(field.most)))
    more = {} if field.kind == "whole" else {"places": None}
    return {field.id: unit(told(field.label), validators=[Optional(), within], **more)}


def _yes_or_no(field: Field, known: Known) -> dict[str, Any]:
    if field.id in known.values:
        return {}
    said = (("", _("not known")), ("yes", _("yes")), ("no", _("no")))
    choices = [SelectChoice(*each) for each in said]
    return {field.id: SelectField(told(field.label), choices=choices)}


def _several(field: Field, known: Known) -> dict[str, Any]:
    if field.id in known.values:
        return {}
    choices = [SelectChoice(id_, told(label)) for id_, label in field.options.items()]
    return {field.id: SelectMultipleField(told(field.label), choices=choices)}


def _text(field: Field, _known: Known) -> dict[str, Any]:
    most = int(field.most)
    long = Length(max=most, message=_l("Please keep to %(most)s characters.", most=most))
    return {field.id: TextAreaField(told(field.label), filters=[tidy], validators=[long])}


def asked_rows(field: Field, known: Known) -> tuple[str, ...]:
    """The rows of a table that are asked: of systems only those named already, if any were told."""
    ticked = known.values.get(field.id)
    return tuple(field.options if field.kind != "systems" or ticked is None else ticked)


def _table(field: Field, known: Known) -> dict[str, Any]:
    return {
        f"{field.id}-{id_}-{name}": make(f"{told(field.options[id_])}: {head}")
        for id_ in asked_rows(field, known)
        for name, head, make in COLUMNS[field.kind]
    }


def _year(label: str) -> IntegerField:
    within = NumberRange(*YEARS, _l("A year, such as 2021."))
    return IntegerField(label, validators=[Optional(), within])


def _loss(label: str) -> NumberField:
    return amount(label)


def _choice(name: str) -> Callable[[str], SelectField]:
    def make(label: str) -> SelectField:
        return SelectField(label, choices=[SelectChoice("", "–"), *listed(name)])

    return make


def listed(name: str) -> list[SelectChoice]:
    """What a list of the census offers."""
    return [SelectChoice(id_, told(label)) for id_, label in census_form().lists[name].items()]


def amount(label: Any) -> NumberField:
    """A sum of money in 万元, left out where it is not known."""
    within = NumberRange(0, MOST, _l("An amount of 0 or more, in units of CNY 10,000."))
    return NumberField(label, places=None, validators=[Optional(), within])


COLUMNS: Mapping[str, tuple[tuple[str, Any, Callable[[str], Any]], ...]] = {
    "systems": (("year", _l("in use since"), _year), ("use", _l("how far used"), _choice("use"))),
    "pains": (
        ("severity", _l("how serious"), _choice("severity")),
        ("loss", _l("loss a year"), _loss),
    ),
}
"""The columns of each kind of table: name, head, and how its field is made."""

MAKERS: Mapping[str, Callable[[Field, Known], dict[str, Any]]] = {
    "whole": _number,
    "decimal": _number,
    "yesno": _yes_or_no,
    "several": _several,
    "text": _text,
    "systems": _table,
    "pains": _table,
}


class NeedForm(EditionForm):
    """A need, or a project already planned."""

    name = StringField(
        _l("Name"),
        filters=[tidy],
        validators=[DataRequired(_l("Give it a name.")), Length(max=200)],
    )
    content = TextAreaField(
        _l("Content"), id="need-content", filters=[tidy], validators=[Length(max=3000)]
    )
    type = SelectField(_l("Project type"))
    scene = SelectField(_l("Scene"))
    urgency = SelectField(_l("How urgent"), coerce=int, default=2)
    wanted_on = DateField(_l("Wanted by"), validators=[Optional()])
    budget = amount(_l("Money meant for it"))
    funding = SelectField(_l("Where the money comes from"))
    services = SelectMultipleField(_l("Help wanted"))
    ai = BooleanField(_l("It is about artificial intelligence"))
    open_to_visits = BooleanField(_l("Once done, other firms may come and see it"))
    starts_on = DateField(_l("Begins"), validators=[Optional()])
    ends_on = DateField(_l("Ends"), validators=[Optional()])
    this_year = amount(_l("Of this, spent this year"))
    software = amount(_l("Of this, software"))
    equipment = amount(_l("Of this, equipment"))
    filing = StringField(_l("Filing number"), filters=[tidy], validators=[Length(max=100)])

    def __init__(self, *args: Any, planned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.planned = planned
        projects = load_catalogue().projects
        scenes = scene_titles().items()
        unsure = SelectChoice("", _("not sure"))
        self.type.choices = [unsure, *(SelectChoice(p.id, told(p.name)) for p in projects)]
        self.scene.choices = [unsure, *(SelectChoice(id_, told(title)) for id_, title in scenes)]
        self.urgency.choices = listed("urgency")
        self.funding.choices = [SelectChoice("", _("not given")), *listed("funding")]
        self.services.choices = listed("services")
        for name in WANTED if planned else PLANNED:
            del self[name]

    def validate(self, extra_validators: Any = None) -> bool:
        """The parts of a project fit into the whole, in money and in time."""
        good: bool = super().validate(extra_validators)
        for name, problem in self._misfits() if good else ():
            self[name].errors = [*self[name].errors, problem]
            good = False
        return good

    def _misfits(self) -> list[tuple[str, str]]:
        if not self.planned:
            return []
        found = []
        if self.starts_on.data and self.ends_on.data and self.ends_on.data < self.starts_on.data:
            found.append(("ends_on", _("It ends after it begins.")))
        whole = self.budget.data
        parts = [self[name].data or 0 for name in ("software", "equipment")]
        if any(parts) and (whole is None or sum(parts) > whole):
            found.append(("budget", _("The whole is at least the sum of its parts.")))
        if self.this_year.data and (whole is None or self.this_year.data > whole):
            found.append(("this_year", _("This year's part is no more than the whole.")))
        return found

    def values(self) -> dict[str, Any]:
        """What was given, as the record keeps it; what is not asked keeps its default."""
        data = {name: self[name].data for name in self._fields if name not in NOT_KEPT}
        numbers = {name: _kept(data[name]) for name in NUMBERS if name in data}
        services = {"services": ",".join(data["services"])} if "services" in data else {}
        return data | numbers | services | {"planned": self.planned}


NOT_KEPT = frozenset({"csrf_token", "edition"})


def need_form(need: Need) -> NeedForm:
    """The form filled with a need as it is kept."""
    held = need.model_dump(include=set(Need.model_fields))
    held |= {name: _shown(held[name]) for name in NUMBERS}
    held["services"] = [id_ for id_ in need.services.split(",") if id_]
    return NeedForm(formdata=None, data=held, planned=need.planned)


class PledgeForm(EditionForm):
    """Handing in the sheet: the head of the firm vouches for it and says what it may serve."""

    no_needs = BooleanField(_l("We have no retrofit needs at present"))
    shares = SelectMultipleField(_l("What we allow"))
    pledged_by = StringField(
        _l("Name of the head of the firm"),
        filters=[tidy],
        validators=[DataRequired(_l("Please give the name.")), Length(max=100)],
    )
    truthful = BooleanField(
        _l("What the sheet says is true to the best of our knowledge."),
        validators=[InputRequired(_l("Please confirm before you submit."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shares.choices = listed("shares")


def _rows(field: Field, form: BlockForm) -> dict[str, dict[str, Any]]:
    """The rows of a table in which something was given."""
    names = [name for name, _head, _make in COLUMNS[field.kind]]
    rows = {
        id_: {name: _kept(form[f"{field.id}-{id_}-{name}"].data) for name in names}
        for id_ in field.options
        if f"{field.id}-{id_}-{names[0]}" in form
    }
    return {id_: row for id_, row in rows.items() if any(v is not None for v in row.values())}


def _kept(value: Any) -> Any:
    """A value as JSON keeps it; nothing given is None."""
    if isinstance(value, Decimal):
        return float(value)
    return None if value in ("", []) else value


def _shown(value: Any) -> Any:
    """A kept value as its field shows it: 6, not 6.0."""
    return Decimal(f"{value:.10g}") if isinstance(value, float) else value
