"""Grant plans of the fictional district: little money, a policy, floors and a cap."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from diagnose.demonstration.scene import Scene
from diagnose.records import Actor
from diagnose.subsidies.making import PlanRefused, make
from diagnose.subsidies.terms import SMALL, Of, Share, Terms
from models.roadmap import load_catalogue

NAMES = {
    False: "技改补助资金安排：已验收报告的项目（演示）",
    True: "技改补助资金安排：加上系统测算的项目（演示）",
}
"""What a plan is called, by whether firms without a report take part."""
BUDGET_A_FIRM = 0.3  # 万元 for each firm of the district: far less than would be asked for
MOST = 1 / 6  # of the budget, for one firm
SMALL_FIRMS = 0.5  # share of the budget that goes to them at least
BEHIND, THEIRS = "示例区·柏舟镇", 0.08  # a street that is behind, and its least share
LARGEST, AT_MOST = "34", 0.25  # the industry with most applications, and its greatest share
AHEAD = timedelta(hours=8)


def show_subsidies(scene: Scene) -> None:
    """Make two plans a week ago; a district without candidates has none."""
    budget = round(BUDGET_A_FIRM * len(scene.cast.firms), 2)
    shares = (
        Share(Of.SIZE, SMALL, floor=budget * SMALL_FIRMS),
        Share(Of.STREET, BEHIND, floor=budget * THEIRS),
        Share(Of.INDUSTRY, LARGEST, cap=budget * AT_MOST),
    )
    [policy, *_others] = load_catalogue().policies
    made_on = scene.day - timedelta(days=7)
    moment = datetime.combine(made_on, time(10, 20), UTC) - AHEAD
    officer = scene.cast.officer
    for roadmaps, name in NAMES.items():
        terms = Terms(
            budget=budget,
            day=made_on,
            policy=policy,
            limit=round(budget * MOST, 2),
            roadmaps=roadmaps,
            shares=shares,
        )
        try:
            with scene.session.begin_nested():
                actor = Actor(officer.id, at=moment)
                make(scene.session, officer.district, name, terms, officer, actor)
        except PlanRefused:
            continue
