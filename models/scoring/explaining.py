"""Why one firm scores as it does, and what reaches the next level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.scoring.compiled import Compiled, Judged
from models.scoring.levels import LEVEL_RULES, bound
from models.scoring.results import Explanation, ItemResult, Need, NextLevel, Scores, Step
from models.scoring.rows import MISSING, Rows
from models.scoring.rules import RULES
from models.scoring.ways import Goal, Way
from models.standard import Level, Scene, Standard
from questionnaires.model import Questionnaire
from questionnaires.sheets import State

_OUT = (State.OFF_ROUTE, State.NOT_APPLICABLE)


@dataclass(frozen=True)
class _Answer:
    """One answer: its ticks (a scene's level; None: not answered) and the steps missing to full.

    A step is (option id, ticks it adds), best taken in this order.
    """

    ticks: int | None
    missing: Sequence[tuple[str, int]]


class Explainer:
    """Explains the scores of a compiled standard.

    A step raises one question: one option up, one more option, or one scene level up. Questions
    off the route or not applicable have no steps; what is unknown counts from the bottom.
    """

    def __init__(
        self, standard: Standard, questionnaire: Questionnaire, compiled: Compiled
    ) -> None:
        self._standard = standard
        self._compiled = compiled
        self._level_rule = LEVEL_RULES[standard.level_rule]
        self._home = {item.question: at for at, p in enumerate(standard.parts) for item in p.items}
        self._options = {
            judged.id: [option.id for option in questionnaire[judged.id].options]
            for judged in compiled.judged
        }

    def explain(self, rows: Rows, scores: Scores, conflicts: Iterable[str]) -> Explanation:
        """The explanation of one row, its scores, and the conflicts found in it."""
        items = {
            judged.id: self._answer(judged, item.rule, rows)
            for judged, item in zip(self._compiled.items, self._standard.items, strict=True)
        }
        scenes = {
            judged.id: self._answer(judged, "choice", rows) for judged in self._compiled.scenes
        }
        above = self._standard.levels[int(scores.level[0]) :]
        return Explanation(
            items=tuple(
                self._item(judged, items[judged.id], rows) for judged in self._compiled.items
            ),
            scenes=tuple((id_, answer.ticks) for id_, answer in scenes.items()),
            next_level=self._next(above[0], items, scenes, scores) if above else None,
            conflicts=tuple(conflicts),
        )

    def _answer(self, judged: Judged, rule: str, rows: Rows) -> _Answer:
        missing = RULES[rule].missing
        options = self._options[judged.id]
        if rows.blank(judged.column)[0] != MISSING:
            ticks, value = int(judged.worth(rows)[0][0]), int(rows.column(judged.column)[0])
            steps = missing(judged.ticks, value)
        else:
            ticks, applies = None, rows.states(judged.column)[0] not in _OUT
            steps = missing(judged.ticks, None) if applies else []
        return _Answer(ticks, [(options[at], gain) for at, gain in steps])

    def _item(self, judged: Judged, answer: _Answer, rows: Rows) -> ItemResult:
        scale = self._compiled.scale
        return ItemResult(
            question=judged.id,
            part=self._standard.parts[self._home[judged.id]].id,
            points=(answer.ticks or 0) / scale,
            full=judged.full / scale,
            missing=tuple(Step(judged.id, to, gain / scale) for to, gain in answer.missing),
            counted=self._counted(judged, rows),
        )

    def _counted(self, judged: Judged, rows: Rows) -> str:
        rate = self._compiled.rates.get(judged.id)
        if rate is None:
            return ""
        option, decides = rate.decided(rows)
        return self._options[judged.id][option[0]] if decides[0] else ""

    def _next(
        self,
        level: Level,
        items: Mapping[str, _Answer],
        scenes: Mapping[str, _Answer],
        scores: Scores,
    ) -> NextLevel:
        at = level.number - 1
        have = {"scenes": int(scores.scenes_at[0, at]), "binding": int(scores.binding_at[0, at])}
        required = {"scenes": level.scenes, "binding": level.binding}
        short, chains = self._points_goal(level, items)
        goal = Goal(
            ticks=short,
            scenes=max(0, level.scenes - have["scenes"]),
            binding=max(0, level.binding - have["binding"]),
            chains=chains,
            climbs={
                scene.question: climb
                for scene in self._standard.scenes
                if (climb := _climb(scene, scenes[scene.question], level.number))
            },
        )
        needs = [Need("score", float(scores.score[0]), float(level.score))]
        needs += [Need(kind, have[kind], number) for kind, number in required.items() if number]
        ways = tuple(self._steps(way, items, scenes) for way in goal.ways())
        return NextLevel(level.number, tuple(needs), ways)

    def _points_goal(
        self, level: Level, items: Mapping[str, _Answer]
    ) -> tuple[int, Mapping[str, tuple[int, ...]]]:
        """The ticks of the score that are short, and what each item's next steps add to it."""
        parts = np.zeros((1, len(self._standard.parts)), np.int64)
        for id_, answer in items.items():
            parts[0, self._home[id_]] += answer.ticks or 0
        score, scale = self._level_rule.score(self._standard, parts, self._compiled.scale)
        worth = [
            weight * scale / self._compiled.scale
            for weight in self._level_rule.worth(self._standard, level.number)
        ]
        chains = {
            id_: tuple(int(gain * worth[self._home[id_]]) for _, gain in answer.missing)
            for id_, answer in items.items()
            if worth[self._home[id_]]
        }
        return max(0, bound(level, scale) - int(score[0])), chains

    def _steps(
        self, way: Way, items: Mapping[str, _Answer], scenes: Mapping[str, _Answer]
    ) -> tuple[Step, ...]:
        steps = [
            Step(id_, to, gain / self._compiled.scale)
            for id_, answer in items.items()
            for to, gain in answer.missing[: way.get(id_, 0)]
        ]
        for id_, answer in scenes.items():
            level = answer.ticks or 0
            for to, rise in answer.missing[: way.get(id_, 0)]:
                level += rise
                steps.append(Step(id_, to, 0.0, level))
        return tuple(steps)


def _climb(scene: Scene, answer: _Answer, level: int) -> tuple[int, bool] | None:
    """How many steps bring the scene to `level`, and whether it is binding; None: no way there."""
    reached = answer.ticks or 0
    if reached >= level:
        return None
    for steps, (_, rise) in enumerate(answer.missing, start=1):
        reached += rise
        if reached >= level:
            return steps, scene.binding
    return None
