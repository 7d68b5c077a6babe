"""The form of one project, and of a new roadmap."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField

from diagnose.records import Project
from diagnose.web.editions import EditionForm
from diagnose.web.fields import text
from diagnose.web.retrofits.forms import money
from diagnose.web.retrofits.planned import COSTS, PlannedForm


class ProjectForm(PlannedForm, EditionForm):
    """One project as the consultants plan it."""

    WORDS: ClassVar[tuple[str, ...]] = (*PlannedForm.WORDS, "acceptance", "override")

    acceptance = text(_l("Acceptance points"), 2000)
    override = text(_l("Why it stays all the same"), 1000)

    @classmethod
    def of(cls, project: Project) -> ProjectForm:
        """The form filled with a project as it stands."""
        costs = {name: _plain(getattr(project, name)) for name in COSTS}
        held = {name: getattr(project, name) for name in (*cls.WORDS, "year", "months", "edition")}
        return cls(formdata=None, data=held | costs)


def _plain(amount: float | None) -> Decimal | None:
    """An amount as it is read: 6, not 6.00."""
    return None if amount is None else Decimal(f"{amount:.10g}")


class ResetForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """The budget that a new roadmap keeps within."""

    budget = money(_l("Yearly budget"))


class ChooseForm(FlaskForm):  # type: ignore[misc]  # it brings no types
    """The type of a project to add; blank for one of one's own."""

    type = SelectField(_l("Project type"), validate_choice=True)
