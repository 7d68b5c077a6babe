"""Finding, making and removing grant plans of the officer's own district."""

from __future__ import annotations

from sqlmodel import Session
from werkzeug.exceptions import Conflict, NotFound

from diagnose.jobs import Context, WorkFailed, work
from diagnose.records import Actor, SubsidyPlan, claiming, note
from diagnose.records.columns import now
from diagnose.subsidies.making import PlanRefused, make
from diagnose.subsidies.terms import Terms
from diagnose.web.access import LARGEST_ID, actor, me, refuse_and_note
from diagnose.web.database import records
from diagnose.web.subsidies.exporting import plan_book
from diagnose.web.subsidies.words import refusal
from questionnaires.text import Text

WORK = "subsidy.plan"
TITLE = Text("补助方案测算", "Grant plan")


def find_plan(number: int) -> SubsidyPlan:
    """The plan of the officer's own district; another's is not there, and asking is logged."""
    found = records().get(SubsidyPlan, number) if number <= LARGEST_ID else None
    if found is None:
        raise NotFound
    if found.district != me().district:
        refuse_and_note("access.foreign", f"subsidy_plan:{number}")
        raise NotFound
    return found


def make_now(session: Session, name: str, terms: Terms) -> SubsidyPlan:
    """Make a plan and commit, or raise `PlanRefused`."""
    plan = make(session, me().district, name, terms, me(), actor())
    session.commit()
    return plan


def remove(session: Session, plan: SubsidyPlan) -> None:
    """Take a plan away; commits."""
    note(session, actor(), "subsidy.remove", f"subsidy_plan:{plan.id}")
    if not claiming.remove(session, plan):
        raise Conflict
    session.commit()


@work(WORK, TITLE)
def make_later(context: Context) -> tuple[str, bytes]:
    """The job behind a large plan: it is kept with the others, and handed out as Excel."""
    session, account, said = context.session, context.account, context.arguments
    district = account.district
    try:
        plan = make(
            session,
            district,
            said["name"],
            Terms.read(said["terms"]),
            account,
            Actor(account.id, at=now()),
        )
    except PlanRefused as refused:
        raise WorkFailed(refusal(refused)) from refused
    session.commit()
    name = said["name"].replace("/", " ")
    return f"{name}.xlsx", plan_book(session, plan, said["language"])
