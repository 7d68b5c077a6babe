"""Firms of every kind, their findings, and hand-made roadmaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache

import numpy as np

import questionnaires
from models.firms import profile_firms
from models.peers import Grouping, flag_quality, rank
from models.peers.results import Group, Membership, Reason
from models.roadmap import load_catalogue
from models.roadmap.results import PlannedProject, Raise, Rival, Roadmap
from models.scoring import Scorer, load_standard
from questionnaires.check import check_answers
from questionnaires.text import Text
from reports.dossier import Dossier
from reports.dossier.batch import Batch
from reports.dossier.builder import DossierBuilder

DAY = date(2026, 11, 22)
FIRM = {
    "uscc": "91350100M000100Y43",
    "name": "江岸<b>精密</b>&机械有限公司",
    "industry": "3484",
    "employees": 120,
    "revenue": 8600.0,
    "region": "后湖街道",
}
BARE = {"uscc": FIRM["uscc"], "name": "甲"}
QUESTIONNAIRE = questionnaires.load("sme-2024")
STANDARD = load_standard("sme-2024")
SCENES = [scene.question for scene in STANDARD.scenes]
MULTI = ("network", "data_collection", "network_security", "data_security", "mechanism", "talent")

WEAK: Mapping[str, object] = {
    **{id_: ["none"] for id_ in MULTI},
    "data_security": ["a"],
    "data_collection": ["finance"],
    "equipment_total": 40,
    "equipment_digital": 6,
    "equipment_networked": 2,
    "equipment_digital_rate": "c",  # the counts say b
    "system_coverage": "b",
    "planning": "b",
    "funding": "a",
    "energy_trend": "up",
    "quality_trend": "equal",
    "pains": ["delivery", "quality"],
    "concerns": ["money", "effect"],
    "wish": "随时知道<每张>订单做到哪一步",
    **{scene: str(at % 2) for at, scene in enumerate(SCENES) if scene != "scene_after_sales"},
}
MIDDLING: Mapping[str, object] = {
    **WEAK,
    "network": ["a", "b"],
    "equipment_digital": 25,
    "equipment_networked": 12,
    "equipment_digital_rate": "e",
    "equipment_networked_rate": "c",
    "data_collection": ["finance", "marketing", "procurement", "warehouse", "production"],
    "system_coverage": "c",
    "network_security": ["a", "b"],
    "data_security": ["a", "b"],
    "planning": "d",
    "mechanism": ["a", "b"],
    "talent": ["a", "c"],
    "energy_trend": "down",
    "quality_trend": "up",
    "revenue_per_head_trend": "equal",
    "unit_cost_trend": "down",
    **{scene: "2" if at % 3 else "1" for at, scene in enumerate(SCENES)},
}
TOP: Mapping[str, object] = {
    **MIDDLING,
    **{id_: [o.id for o in QUESTIONNAIRE[id_].options if not o.excludes] for id_ in MULTI},
    "equipment_digital": 40,
    "equipment_networked": 40,
    "equipment_networked_rate": "e",
    "system_coverage": "e",
    "planning": "f",
    "revenue_per_head_trend": "up",
    "pains": ["none"],
    "concerns": ["none"],
    **{scene: "4" if at % 5 else "3" for at, scene in enumerate(SCENES)},
}
SPARSE: Mapping[str, object] = {"network": ["a"], "scene_finance": "1", "planning": None}
EMPTY: Mapping[str, object] = {}
ANSWERS = {"weak": WEAK, "middling": MIDDLING, "top": TOP, "sparse": SPARSE, "empty": EMPTY}


@cache
def scorer() -> Scorer:
    return Scorer(STANDARD, QUESTIONNAIRE)


@cache
def builder() -> DossierBuilder:
    return DossierBuilder(scorer(), load_catalogue())


def batch_of(
    answers: Mapping[str, object],
    firm: Mapping[str, object] = FIRM,
    roadmap: Roadmap | None = None,
    *,
    copies: int = 1,
    grouped: bool = False,
) -> Batch:
    """One firm and `copies - 1` others like it, with everything found about them."""
    given = {id_: value for id_, value in answers.items() if value is not None}
    checked = check_answers(QUESTIONNAIRE, given, dict(firm))
    assert not checked.problems
    sheets = checked.sheets.take([0] * copies)
    profiles, scores = profile_firms(sheets.firms), scorer().score(sheets)
    traits = scorer().traits(sheets)
    quality = flag_quality(traits)
    group = np.full(copies, 0 if grouped else -1, np.int16)
    membership = Membership(
        group=group,
        probability=np.ones(copies, np.float32),
        second=np.full(copies, 1 if grouped else -1, np.int16),
        between=np.full(copies, grouped),
        reliable=group >= 0,
    )
    return Batch(
        sheets=sheets,
        profiles=profiles,
        scores=scores,
        traits=traits,
        quality=quality,
        membership=membership,
        standing=rank(scores, membership, profiles),
        roadmaps=None if roadmap is None else [roadmap] * copies,
    )


class TwoGroups(Grouping):
    """Groups whose reasons are set by hand instead of fitted."""

    def reasons(self, traits: object, row: int) -> tuple[Reason, ...]:  # noqa: ARG002
        return Reason("network", 1.5), Reason("level", -0.5)


def named_groups() -> tuple[Text, tuple[str, ...], tuple[Group, ...]]:
    """Why there are two groups, their features and the groups."""
    profile = {feature.id: 0.5 for feature in STANDARD.features}
    groups = tuple(
        Group(id_, Text(name, id_), 200, profile, ("network",), ("finance",))
        for id_, name in (("g1", "起步型"), ("g2", "成长型"))
    )
    return Text("找到两个群组。", "Two groups were found."), tuple(profile), groups


def roadmap_of(batch: Batch, *projects: PlannedProject, rivals: tuple[Rival, ...] = ()) -> Roadmap:
    score, level = float(batch.scores.score[0]), int(batch.scores.level[0])
    return Roadmap(
        budget=(172.0, 172.0, 172.0),
        projects=projects,
        rivals=rivals,
        score_before=score,
        score_after=score + sum(project.gain for project in projects),
        level_before=level,
        level_after=level,
        optimal=False,
        gap=0.0123,
        note=None if projects else Text("预算低于任何项目。", "The budget is below any project."),
    )


CLOUD_BOOKS = PlannedProject(
    id="P05",
    year=1,
    cost=8.5,
    gain=2.5,
    because=("scene_finance", "system_coverage"),
    raises=(
        Raise("scene_finance", "1", "2"),
        Raise("data_collection", "finance", "finance;procurement"),
    ),
    low=2.0,
    high=15.0,
    yearly=True,
    start=0.0,
    months=2.0,
)
NETWORK = PlannedProject(
    id="P02",
    year=2,
    cost=12.5,
    gain=4.0,
    because=("network",),
    raises=(Raise("network", "none", "a;b"),),
    low=5.0,
    high=20.0,
    start=12.0,
    months=2.0,
)
CLOSE = Rival("P29", 9.0, 1.0, Text("预算已用完。", "The budget is spent."))


def built(name: str, **options: object) -> Dossier:
    """The dossier of one of `ANSWERS`."""
    return builder().build(batch_of(ANSWERS[name], **options), 0, DAY)  # type: ignore[arg-type]


def texts(value: object) -> list[Text]:
    """Every text a value holds."""
    if isinstance(value, Text):
        return [value]
    if isinstance(value, tuple):
        return [text for each in value for text in texts(each)]
    if is_dataclass(value):
        return [text for field in fields(value) for text in texts(getattr(value, field.name))]
    return []
