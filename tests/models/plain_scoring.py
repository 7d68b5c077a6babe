"""A second implementation of sme-2024, written from its table of points over raw JSON answers.

Plain Python with exact fractions; it shares nothing with `models.scoring`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

LINKS = [
    "product_design",
    "process_design",
    "marketing",
    "after_sales",
    "scheduling",
    "production",
    "quality",
    "equipment",
    "safety",
    "energy",
    "procurement",
    "warehouse",
    "finance",
]
BANDS = ("0.1", "0.2", "0.4", "0.6")


def _rungs(letters, points):
    return dict(zip(letters, points.split(), strict=True))


SINGLE = {
    "equipment_digital_rate": _rungs("abcde", "0 1.5 3 4.5 6"),
    "equipment_networked_rate": _rungs("abcde", "0 1.5 3 4.5 6"),
    "system_coverage": _rungs("abcde", "0 2.5 5 7.5 10"),
    "planning": _rungs("abcdef", "0 1.5 3 4.5 6 7.5"),
    "funding": _rungs("abcde", "0 1.875 3.75 5.625 7.5"),
    "energy_trend": {"up": "0", "equal": "3.5", "down": "7"},
    "quality_trend": {"down": "0", "equal": "3.5", "up": "7"},
    "revenue_per_head_trend": {"down": "0", "equal": "1.5", "up": "3"},
    "unit_cost_trend": {"up": "0", "equal": "1.5", "down": "3"},
}
MULTI = {
    "network": dict.fromkeys("abcd", "2"),
    "data_collection": {**dict.fromkeys(LINKS, "0.7"), "hr": "0.9"},
    "network_security": dict.fromkeys("abcd", "1.25"),
    "data_security": dict.fromkeys("abcd", "1.25"),
    "mechanism": dict.fromkeys("abcd", "1.875"),
    "talent": dict.fromkeys("abcde", "1.5"),
}
RATES = {
    "equipment_digital_rate": "equipment_digital",
    "equipment_networked_rate": "equipment_networked",
}
PARTS = {
    "foundation": [
        "network",
        "equipment_digital_rate",
        "equipment_networked_rate",
        "data_collection",
        "system_coverage",
        "network_security",
        "data_security",
    ],
    "management": ["planning", "mechanism", "talent", "funding"],
    "results": ["energy_trend", "quality_trend", "revenue_per_head_trend", "unit_cost_trend"],
}
BINDING = [
    "scene_product_design", "scene_marketing", "scene_production", "scene_quality",
    "scene_equipment", "scene_safety", "scene_energy", "scene_procurement", "scene_warehouse",
    "scene_finance",
]  # fmt: skip
GUIDING = [
    "scene_process_design", "scene_after_sales", "scene_scheduling", "scene_hr", "scene_office",
    "scene_decision",
]  # fmt: skip
LEVELS = {1: (20, 6, 3), 2: (40, 6, 3), 3: (60, 8, 5), 4: (80, 10, 6)}


@dataclass
class Plain:
    score: Fraction
    parts: dict[str, Fraction]
    level: int
    answered: int
    could_add: Fraction
    scenes_at: list[int]
    binding_at: list[int]


def plain_score(answers):
    given = {q: a for q, a in answers.items() if a is not None and not isinstance(a, dict)}
    for question, counted in RATES.items():
        total, part = given.get("equipment_total"), given.get(counted)
        if total and part is not None and _may_be_counted(answers.get(question)):
            above = sum(Fraction(part, total) > Fraction(bound) for bound in BANDS)
            given[question] = "abcde"[above]
    parts = {
        part: sum((_points(question, given.get(question)) for question in questions), Fraction(0))
        for part, questions in PARTS.items()
    }
    items = [question for questions in PARTS.values() for question in questions]
    score = sum(parts.values())
    scenes_at = [_at(BINDING + GUIDING, given, level) for level in LEVELS]
    binding_at = [_at(BINDING, given, level) for level in LEVELS]
    return Plain(
        score,
        parts,
        _level(score, scenes_at, binding_at),
        sum(question in given for question in items + BINDING + GUIDING),
        sum((_full(question) for question in items if question not in given), Fraction(0)),
        scenes_at,
        binding_at,
    )


def _may_be_counted(answer):
    """Counts stand in for a band left open or unknown, not for one that does not apply."""
    return not isinstance(answer, dict) or answer["state"] == "unknown"


def _points(question, answer):
    if answer is None:
        return Fraction(0)
    if question in SINGLE:
        return Fraction(SINGLE[question][answer])
    return sum((Fraction(MULTI[question].get(chosen, 0)) for chosen in answer), Fraction(0))


def _full(question):
    if question in SINGLE:
        return max(Fraction(points) for points in SINGLE[question].values())
    return sum(Fraction(points) for points in MULTI[question].values())


def _at(scenes, given, level):
    return sum(int(given.get(scene, -1)) >= level for scene in scenes)


def _level(score, scenes_at, binding_at):
    reached = 0
    for level, (least, scenes, binding) in LEVELS.items():
        enough = scenes_at[level - 1] >= scenes and binding_at[level - 1] >= binding
        if score >= least and enough:
            reached = level
    return reached
