"""The forms of a review: marks, acceptance, defects."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange

from diagnose.quality.criteria import CRITERIA, Criterion
from diagnose.records import Review
from diagnose.web.assessments.fields import legibly
from diagnose.web.editions import edition_of
from diagnose.web.numbers import NumberField

BLANK = 6
MOST = 40


class OpenedForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """A form of a page that was opened on an edition of the review."""

    edition = HiddenField()

    @property
    def opened_on(self) -> int:
        """The edition of the page; -1 where it was tampered with."""
        return edition_of(self.edition.data)


def _plain(points: float) -> Decimal:
    """Points as they are read: 25, not 25.00."""
    return Decimal(f"{points:g}")


def _points(criterion: Criterion) -> NumberField:
    within = NumberRange(0, criterion.full, _l("Between 0 and the full points."))
    return NumberField(
        _l("Points"), places=None, validators=[InputRequired(_l("Give points.")), within]
    )


class MarksForm(OpenedForm):
    """The reviewer's own mark and note by criterion, beside the system's."""

    comment = TextAreaField(_l("Overall opinion"), validators=[Length(max=5000)])
    red = TextAreaField(_l("Further red items, one a line"), validators=[Length(max=1000)])

    def marked(self, system: dict[str, float]) -> dict[str, Any]:
        """The marks as the review keeps them."""
        return {
            id_: {
                "system": system.get(id_, 0.0),
                "given": float(self[f"given_{id_}"].data),
                "note": legibly(self[f"note_{id_}"].data or ""),
            }
            for id_ in CRITERIA.criteria
        }

    @classmethod
    def of(cls, review: Review, system: dict[str, float]) -> MarksForm:
        """The form filled with the marks given, or with the system's until there are any."""
        data: dict[str, Any] = {"comment": review.comment, "edition": review.edition}
        for id_ in CRITERIA.criteria:
            kept = review.marks.get(id_, {})
            data[f"given_{id_}"] = _plain(kept.get("given", system.get(id_, 0.0)))
            data[f"note_{id_}"] = kept.get("note", "")
        data["red"] = "\n".join(item for item in review.red if item not in CRITERIA.red)
        return cls(formdata=None, data=data)


for _id, _criterion in CRITERIA.criteria.items():
    setattr(MarksForm, f"given_{_id}", _points(_criterion))
    setattr(MarksForm, f"note_{_id}", StringField(_l("Note"), validators=[Length(max=500)]))


class AcceptForm(OpenedForm):
    """The report is accepted."""

    independent = BooleanField(
        _l("I have no interest in the firm or the provider and judged by myself."),
        validators=[InputRequired(_l("Please confirm."))],
    )


class DefectEntry(Form):  # type: ignore[misc]  # it brings no types
    """One defect: where, and what is to be mended."""

    place = StringField(_l("Place in the report"), validators=[Length(max=200)])
    text = TextAreaField(_l("What is to be mended"), validators=[Length(max=3000)])


class ReturnForm(OpenedForm):
    """The report goes back with numbered defects."""

    defects = FieldList(FormField(DefectEntry), min_entries=BLANK, max_entries=MOST)

    @property
    def listed(self) -> list[tuple[str, str]]:
        """The defects that say something."""
        given = [
            (legibly(e.form.place.data or ""), legibly(e.form.text.data or ""))
            for e in self.defects
        ]
        return [(place, text) for place, text in given if text]
