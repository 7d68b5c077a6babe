"""A grant plan of the fictional district: this year's money, half of it for small firms."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from diagnose.demonstration.scene import Scene
from diagnose.records import Actor
from diagnose.subsidies.making import PlanRefused, make
from diagnose.subsidies.terms import SMALL, Of, Share, Terms
from models.roadmap import load_catalogue

NAME = "技改补助资金安排（演示）"
BUDGET_A_FIRM = 0.4  # 万元 for each firm of the district: too little for all that apply
SMALL_FIRMS = 0.5  # share of the budget that goes to them at least
AHEAD = timedelta(hours=8)


def show_subsidies(scene: Scene) -> None:
    """Make one plan a week ago; a district without candidates has none."""
    session, cast, day = scene.session, scene.cast, scene.day
    budget = round(BUDGET_A_FIRM * len(cast.firms), 2)
    small = Share(Of.SIZE, SMALL, floor=budget * SMALL_FIRMS)
    [policy, *_others] = load_catalogue().policies
    made_on = day - timedelta(days=7)
    terms = Terms(budget=budget, day=made_on, policy=policy, roadmaps=False, shares=(small,))
    moment = datetime.combine(made_on, time(10, 20), UTC) - AHEAD
    try:
        with session.begin_nested():
            actor = Actor(cast.officer.id, at=moment)
            make(session, cast.officer.district, NAME, terms, cast.officer, actor)
    except PlanRefused:
        return
