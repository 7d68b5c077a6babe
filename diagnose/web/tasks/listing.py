"""The list of a plan's tasks, narrowed by unit, light and state; the same as an Excel file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from diagnose.access import Capability
from diagnose.campaigns.lights import Light
from diagnose.records import TaskPlan, note
from diagnose.roster.narrowing import Sought
from diagnose.tasks.examples import examples
from diagnose.tasks.feeds import FEEDS
from diagnose.tasks.following import Followed, follow, plans_of, tasks_of
from diagnose.tasks.intake import columns
from diagnose.tasks.rules import rules
from diagnose.tasks.stages import STANDINGS, Standing
from diagnose.web.access import actor, me, needs
from diagnose.web.campaigns.views import light_title
from diagnose.web.database import records
from diagnose.web.excel import send_excel, workbook_of
from diagnose.web.fields import PlainForm
from diagnose.web.languages import language, told
from diagnose.web.paging import page_number, sliced
from diagnose.web.tasks.blueprint import blueprint
from questionnaires.clock import today
from reports.workbook.tables import Cell, Column, Sheet

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class TaskSearch(Sought):
    """What is looked for among tasks."""

    plan: str = ""
    unit: str = ""
    light: str = ""
    stage: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the plan is looked for."""
        return bool(self.unit or self.light or self.stage)

    def fits(self, it: Followed) -> bool:
        """Whether a task is looked for; a unit is found as lead or as responsible."""
        return (
            (not self.unit or self.unit in (it.task.lead, *it.task.others))
            and (not self.light or it.light == self.light)
            and (not self.stage or it.standing == self.stage)
        )


@blueprint.get("/")
@needs(Capability.TASKS)
def index() -> ResponseReturnValue:
    """The tasks of a plan, the latest plan first."""
    plans, search = plans_of(records(), me().district), TaskSearch.read(request.args)
    plan = chosen_plan(plans, search)
    every = follow(records(), me().district, tasks_of(records(), plan), today()) if plan else []
    found = [it for it in every if search.fits(it)]
    return render_template(
        "tasks/index.html",
        plans=plans,
        plan=plan,
        search=search,
        page=sliced(found, page_number(request.args), PER_PAGE),
        every=every,
        choices=_choices(plans, every),
        lights=list(Light),
        standings=STANDINGS,
        feeds=FEEDS,
        examples=examples(),
        rules=rules(),
        form=PlainForm(formdata=None),
        day=today(),
    )


@blueprint.get("/export")
@needs(Capability.TASKS)
def export() -> ResponseReturnValue:
    """The list as an Excel file, in the columns of the ledger of tasks."""
    plans, search = plans_of(records(), me().district), TaskSearch.read(request.args)
    plan = chosen_plan(plans, search)
    every = follow(records(), me().district, tasks_of(records(), plan), today()) if plan else []
    found = [it for it in every if search.fits(it)]
    note(records(), actor(), "task.export", f"plan:{plan.id}" if plan else "", tasks=len(found))
    records().commit()
    name = _("Tasks %(district)s %(day)s.xlsx", district=me().district, day=today())
    return send_excel(workbook_of([_sheet(found)]), name)


@blueprint.get("/template")
@needs(Capability.TASKS)
def template() -> ResponseReturnValue:
    """The empty file to fill in and import."""
    tongue = language()
    heads = [column.title.to(tongue) + ("★" if column.needed else "") for column in columns()]
    figures = [feed.title.to(tongue) for feed in FEEDS.values()]
    content = workbook_of(
        [
            Sheet(_("Tasks"), tuple(Column(head, 22, []) for head in heads)),
            Sheet(_("Figures of the system"), (Column(_("Figures of the system"), 40, figures),)),
        ]
    )
    return send_excel(content, _("Empty file of tasks.xlsx"))


def chosen_plan(plans: Sequence[TaskPlan], search: TaskSearch) -> TaskPlan | None:
    """The plan that is asked for, or the latest."""
    return next(
        (plan for plan in plans if str(plan.id) == search.plan), plans[0] if plans else None
    )


def _light(it: Followed) -> str | None:
    return None if it.standing == Standing.CLOSED else light_title(it.light)


def _choices(
    plans: Sequence[TaskPlan], every: Sequence[Followed]
) -> dict[str, list[tuple[object, str]]]:
    """What each filter offers: value and title."""
    units = sorted({unit for it in every for unit in (it.task.lead, *it.task.others)})
    return {
        "plan": [(plan.id, plan.title) for plan in plans],
        "unit": [(unit, unit) for unit in units],
        "stage": [(standing, told(title)) for standing, title in STANDINGS.items()],
    }


def _sheet(found: Sequence[Followed]) -> Sheet:
    cells: dict[tuple[str, float], list[Cell]] = {
        (_("Number"), 8): [it.task.number for it in found],
        (_("Clause"), 14): [it.task.clause for it in found],
        (_("Task"), 40): [it.task.title for it in found],
        (_("Indicator"), 30): [it.task.indicator for it in found],
        (_("Goal"), 10): [it.task.goal for it in found],
        (_("Unit"), 8): [it.task.unit for it in found],
        (_("Lead unit"), 26): [it.task.lead for it in found],
        (_("Responsible units"), 30): ["、".join(it.task.others) for it in found],
        (_("To be finished by"), 12): [it.task.due_on.isoformat() for it in found],
        (_("Present value"), 12): [it.value.value for it in found],
        (_("Part"), 8): [it.value.reading.part if it.value.reading else None for it in found],
        (_("Whole"), 8): [it.value.reading.whole if it.value.reading else None for it in found],
        (_("As of"), 12): [it.value.on.isoformat() if it.value.on else None for it in found],
        (_("Reached per cent"), 10): [it.share for it in found],
        (_("State"), 12): [told(STANDINGS[it.standing]) for it in found],
        (_("Light"), 10): [_light(it) for it in found],
        (_("What proves it"), 30): [it.task.proof for it in found],
        (_("Letters written"), 10): [len(it.letters) for it in found],
        (_("Letter"), 20): [it.letters[-1].number if it.letters else None for it in found],
        (_("To be mended by"), 12): [
            it.letters[-1].mend_by.isoformat() if it.letters else None for it in found
        ],
        (_("Closed on"), 12): [
            it.task.closed_on.isoformat() if it.task.closed_on else None for it in found
        ],
    }
    return Sheet.of(_("Tasks"), cells)
