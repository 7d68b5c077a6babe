"""Forms of the moves that the bureau makes, for one diagnosis and for many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    DateField,
    HiddenField,
    SelectField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from diagnose.assigning.placing import Room
from diagnose.records import Account
from diagnose.records.roster import Ground
from diagnose.roster.words import GROUNDS
from diagnose.web.editions import EditionForm
from diagnose.web.fields import line, text
from diagnose.web.languages import told
from diagnose.workflow.exempting import REVIEW
from questionnaires.clock import today
from questionnaires.normal import whole_number

MOST_ROOM = "room"


class MoveForm(EditionForm):
    """A move, and the edition of the diagnosis that its page showed."""

    move = HiddenField()


class ReasonForm(MoveForm):
    """A move that needs its reason."""

    reason = text(_l("Reason"), 1000, DataRequired(_l("Please give the reason.")))


class AssignForm(MoveForm):
    """Whom a diagnosis goes to; a reason where it is taken from somebody else."""

    provider = SelectField(_l("Provider"), validate_choice=False)
    lead = SelectField(_l("Lead consultant"), validate_choice=False)
    package = line(_l("Service package"), 100)
    reason = text(_l("Reason"), 1000)

    def offer(self, rooms: Sequence[Room], leads: Iterable[Account]) -> None:
        """Offer providers with the room they have, and the people who can lead."""
        names = {room.provider_id: room.name for room in rooms}
        self.provider.choices = [SelectChoice("", _l("Choose…")), *map(_with_room, rooms)]
        self.lead.choices = [
            SelectChoice("", _l("the provider decides")),
            *(
                SelectChoice(str(lead.id), f"{names.get(lead.provider_id or 0, '')} · {lead.name}")
                for lead in leads
            ),
        ]

    @property
    def provider_id(self) -> int | None:
        """The provider chosen."""
        return number_of(self.provider.data)

    @property
    def lead_id(self) -> int | None:
        """The lead chosen, None where the provider decides."""
        return number_of(self.lead.data)


class ReviewerForm(MoveForm):
    """Who reviews a report."""

    reviewer = SelectField(_l("Reviewer"), validate_choice=False)

    def offer(self, reviewers: Iterable[Account]) -> None:
        """Offer reviewers of the district."""
        self.reviewer.choices = [
            SelectChoice("", _l("Choose…")),
            *(SelectChoice(str(person.id), person.name) for person in reviewers),
        ]


class ExemptForm(ReasonForm):
    """Why a firm is not diagnosed, what proves it, and when that is looked at again."""

    ground = SelectField(
        _l("Ground of exemption"),
        choices=lambda: [
            SelectChoice(str(int(ground)), told(name)) for ground, name in GROUNDS.items()
        ],
        default=str(int(Ground.OTHER)),
    )
    asked_by = line(_l("Asked for by"), 200)
    review_on = DateField(
        _l("Look at it again on"),
        validators=[DataRequired(_l("Give the day on which the exemption is looked at again."))],
        default=lambda: today() + REVIEW,
    )

    def validate_review_on(self, field: DateField) -> None:
        """An exemption is looked at again later than today."""
        if field.data <= today():
            raise ValidationError(_l("Choose a day that is still to come."))

    @property
    def facts(self) -> dict[str, object]:
        """What the move tells the roster."""
        return {"ground": int(self.ground.data), "review_on": self.review_on.data.isoformat()}

    proof = FileField(_l("Proof"), validators=[FileRequired(_l("Choose a file."))])


class ManyForm(AssignForm):
    """Many diagnoses to one provider; `diagnosis` carries which."""

    diagnosis = HiddenField()


class RuleForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A package for what a rule assigns; the rule itself is one choice a street or trade."""

    package = line(_l("Service package"), 100)


def number_of(text: str | None) -> int | None:
    """The id that a select was left at."""
    return whole_number(text or "")


def _with_room(room: Room) -> SelectChoice:
    return SelectChoice(str(room.provider_id), f"{room.name} ({room.held}/{room.load})")
