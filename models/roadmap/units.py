"""What projects can gain, cut into units: one option more, one step up, one trouble eased.

A standard and a catalogue are compiled once. A unit is reached today, or by a group of projects
that raises it: mostly one project, and for a link between systems all that it takes. A step is
reached only with every step below it. What a set of projects gains is therefore the same in
whatever order they come, and never counts twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.roadmap.catalogue import Catalogue, Effect
from models.scoring import Scorer
from models.scoring.levels import LEVEL_RULES, Gated
from models.standard import Item, Scene
from questionnaires.model import Questionnaire
from questionnaires.sheets import Sheets

PAINS = "pains"


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing to gain: `option` of `question`, worth `points` of the score.

    `below` is the unit that must be reached first (-1: none); `share` the fraction of the
    question's full at which a step is reached (0 for one option of several). A scene's unit has
    its `level` and tells whether the scene is `binding`; `level` is 0 elsewhere.
    """

    question: str
    option: str
    points: float = 0.0
    below: int = -1
    share: float = 0.0
    level: int = 0
    binding: bool = False


@dataclass(frozen=True)
class Units:
    """All units of a standard under a catalogue, and which projects reach them.

    `points` (u,) of the score; `members` (g, p) bool: which projects a group takes; `supports`
    (g, u) bool: which units it reaches; `ladders`: for each height from the second step up, the
    units of that height and the ones right below. `scene_levels` (u,) and `binding` (u,) as in
    `Unit`.
    """

    units: tuple[Unit, ...]
    points: NDArray[np.float64]
    members: NDArray[np.bool_]
    supports: NDArray[np.bool_]
    ladders: tuple[tuple[NDArray[np.intp], NDArray[np.intp]], ...]
    scene_levels: NDArray[np.int8]
    binding: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.units)

    def climb(self, reached: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """(…, u) what remains of `reached` once every step stands on the one below; in place."""
        for above, below in self.ladders:
            reached[..., above] &= reached[..., below]
        return reached


def compile_units(catalogue: Catalogue, scorer: Scorer) -> Units:
    """Compile; raises ValueError for a standard whose score is not a sum over its questions."""
    standard, questionnaire = scorer.standard, scorer.questionnaire
    rule = LEVEL_RULES[standard.level_rule]
    if isinstance(rule, Gated):
        raise ValueError(  # noqa: TRY004  # the value is wrong, not its type
            f"roadmaps cannot be planned by {standard.id}: its parts gate each other"
        )
    units: list[Unit] = []
    for part, worth in zip(standard.parts, rule.worth(standard, 1), strict=True):
        for item in part.items:
            units += (_options if item.rule == "sum" else _steps)(item, worth, len(units))
    for scene in standard.scenes:
        units += _levels(scene, questionnaire, len(units))
    if PAINS in questionnaire.index:
        units += [Unit(PAINS, o.id) for o in questionnaire[PAINS].options if not o.excludes]
    members, supports = _groups(catalogue, units)
    return Units(
        units=tuple(units),
        points=np.array([unit.points for unit in units]),
        members=members,
        supports=supports,
        ladders=_ladders(units),
        scene_levels=np.array([unit.level for unit in units], np.int8),
        binding=np.array([unit.binding for unit in units]),
    )


def reached_today(
    units: Units, scorer: Scorer, sheets: Sheets
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """(n, u) which units are reached, and (n, u) which may still be gained.

    Only what is answered may be gained: no project is recommended on a guess. A trouble may be
    eased where the firm named it, and is never reached today.
    """
    traits = scorer.traits(sheets)
    at = {id_: column for column, id_ in enumerate(traits.item_ids)}
    reached = np.zeros((len(sheets), len(units)), bool)
    open_ = np.zeros_like(reached)
    for id_, places in _by_question(units.units).items():
        options = [units.units[place].option for place in places]
        if id_ == PAINS:
            open_[:, places] = chosen(sheets, id_, options)
            continue
        share = traits.items[:, at[id_]]
        if sheets.questionnaire[id_].kind == "multi":
            reached[:, places] = chosen(sheets, id_, options)
        else:
            # Traits are single precision: steps lie far more than 1e-4 apart.
            steps = np.array([units.units[place].share for place in places])
            reached[:, places] = share[:, None] >= steps - 1e-4
        open_[:, places] = ~np.isnan(share)[:, None] & ~reached[:, places]
    return reached, open_


def chosen(sheets: Sheets, question: str, options: Sequence[str]) -> NDArray[np.bool_]:
    """(n, options) which options are chosen; of a single choice, which steps are reached."""
    column, answered = sheets.column(question), sheets.answered(question)
    asked = sheets.questionnaire[question]
    at = np.array([asked.option_index[option] for option in options])
    if asked.kind == "multi":
        return np.asarray(answered[:, None] & ((column[:, None] >> at) & 1 == 1))
    return np.asarray(answered[:, None] & (column[:, None] >= at))


def _by_question(units: Sequence[Unit]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, unit in enumerate(units):
        places.setdefault(unit.question, []).append(at)
    return places


def _options(item: Item, worth: Fraction, _at: int) -> list[Unit]:
    return [
        Unit(item.question, option, float(points * worth))
        for option, points in item.points.items()
        if points
    ]


def _steps(item: Item, worth: Fraction, at: int) -> list[Unit]:
    ladder = sorted(item.points.items(), key=lambda step: step[1])
    return [
        Unit(
            item.question,
            option,
            float((points - before) * worth),
            below=at + step - 1 if step else -1,
            share=float(points / item.full),
        )
        for step, ((_, before), (option, points)) in enumerate(pairwise(ladder))
    ]


def _levels(scene: Scene, questionnaire: Questionnaire, at: int) -> list[Unit]:
    levels = sorted(int(option.id) for option in questionnaire[scene.question].options)
    return [
        Unit(
            scene.question,
            str(level),
            below=at + step - 1 if step else -1,
            share=level / levels[-1],
            level=level,
            binding=scene.binding,
        )
        for step, level in enumerate(levels[1:])
    ]


def _groups(
    catalogue: Catalogue, units: Sequence[Unit]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    places = _by_question(units)
    groups: dict[frozenset[int], set[int]] = {}
    for at, project in enumerate(catalogue.projects):
        pains = Effect(PAINS, add=project.eases)
        for effect in (*project.effects, pains):
            group = frozenset({at, *(catalogue.index[id_] for id_ in effect.together)})
            reached = _supported(effect, places.get(effect.question, []), units)
            groups.setdefault(group, set()).update(reached)
    members = np.zeros((len(groups), len(catalogue)), bool)
    supports = np.zeros((len(groups), len(units)), bool)
    for row, group in enumerate(groups):
        members[row, list(group)] = True
        supports[row, list(groups[group])] = True
    return members, supports


def _supported(effect: Effect, places: list[int], units: Sequence[Unit]) -> list[int]:
    """The units an effect reaches: the added options, or the steps above the lowest origin."""
    if effect.add:
        return [at for at in places if units[at].option in effect.add]
    options = [units[at].option for at in places]
    if effect.to not in options:
        return []
    lowest = [options.index(origin) + 1 for origin in effect.origins if origin in options]
    from_ = min(lowest) if len(lowest) == len(effect.origins) else 0
    return places[from_ : options.index(effect.to) + 1]


def _ladders(units: Sequence[Unit]) -> tuple[tuple[NDArray[np.intp], NDArray[np.intp]], ...]:
    height = [0] * len(units)
    for at, unit in enumerate(units):
        height[at] = height[unit.below] + 1 if unit.below >= 0 else 0
    return tuple(
        (
            np.array([at for at in range(len(units)) if height[at] == rung]),
            np.array([unit.below for at, unit in enumerate(units) if height[at] == rung]),
        )
        for rung in range(1, max(height, default=0) + 1)
    )
