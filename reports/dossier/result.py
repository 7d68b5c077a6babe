"""The result: level, points by part and question, radar, heat map."""

from __future__ import annotations

from math import isnan

import numpy as np

from questionnaires.text import Text
from reports.dossier.case import NONE, Case
from reports.dossier.model.findings import Axis, ItemRow, LevelRow, PartResult, Result, SceneCell
from reports.dossier.states import state_text
from reports.dossier.wording import percent, sentences
from reports.phrases import Phrasebook
from reports.points import points

say = Phrasebook("findings")
part_say = Phrasebook("parts")

LOW, MID = 0.4, 0.7


def tell_result(case: Case) -> Result:
    """All figures of the result, as scored."""
    axes, axes_peers = _axes(case)
    rungs = _ladder(case)
    return Result(
        lead=_lead(case, rungs),
        score=case.score,
        full=case.reference.full,
        level=case.level,
        level_name=case.reference.standard.level_name(case.level),
        could_add=case.could_add,
        ladder=rungs,
        parts=tuple(_part(case, at) for at in range(len(case.reference.standard.parts))),
        axes=axes,
        axes_peers=axes_peers,
        scenes=tuple(_cell(case, id_) for id_ in case.reference.scenes),
        scenes_note=say("result.scenes_note"),
        items=tuple(_item(case, id_) for id_ in case.reference.items),
        items_note=say("result.items_note"),
    )


def _ladder(case: Case) -> tuple[LevelRow, ...]:
    """What each level takes and what the firm has for it."""
    scores, row, rows = case.scores, case.row, []
    for at, level in enumerate(case.reference.standard.levels):
        scenes, binding = int(scores.scenes_at[row, at]), int(scores.binding_at[row, at])
        needed = float(level.score)
        score_met = case.score > needed if level.beyond else case.score >= needed
        rows.append(
            LevelRow(
                number=level.number,
                name=level.name,
                score_needed=needed,
                scenes_needed=level.scenes,
                binding_needed=level.binding,
                scenes=scenes,
                binding=binding,
                score_met=score_met,
                scenes_met=scenes >= level.scenes,
                binding_met=binding >= level.binding,
                reached=case.level >= level.number,
            )
        )
    return tuple(rows)


def _lead(case: Case, rungs: tuple[LevelRow, ...]) -> tuple[Text, ...]:
    if not case.answered:
        return (say("result.none"),)
    standard = case.reference.standard
    said = [
        say(
            "result.level" if standard.scenes else "result.level_points",
            score=points(case.score),
            full=points(case.reference.full),
            level=standard.level_name(case.level),
        )
    ]
    by_points = max((r.number for r in rungs if r.score_met), default=0)
    by_scenes = max((r.number for r in rungs if r.scenes_met and r.binding_met), default=0)
    if by_points > case.level:
        said.append(say("result.held_scenes", points_level=standard.level_name(by_points)))
    elif by_scenes > case.level and standard.scenes:
        said.append(say("result.held_score", scenes_level=standard.level_name(by_scenes)))
    if case.could_add:
        add = points(case.could_add)
        said.append(say("result.missing", answered=case.answered, of=case.of, points=add))
    return tuple(said)


def _part(case: Case, at: int) -> PartResult:
    part = case.reference.standard.parts[at]
    have, full = float(case.scores.parts[case.row, at]), float(part.full)
    missing = sum(not case.judged(item.question) for item in part.items)
    share = percent(have, full)
    told = part_say("points", have=points(have), full=points(full), percent=share)
    text = part_say(
        _band(part.id, have / full, all_missing=missing == len(part.items)), points=told
    )
    if 0 < missing < len(part.items):
        text = sentences(text, say("result.partial", count=missing))
    return PartResult(part.id, part.title, have, full, text)


def _band(part: str, share: float, *, all_missing: bool) -> str:
    if all_missing:
        return "any.none"
    band = "low" if share < LOW else "mid" if share < MID else "high"
    return f"{part}.{band}" if part_say.has(f"{part}.{band}") else f"any.{band}"


def _axes(case: Case) -> tuple[tuple[Axis, ...], Text | None]:
    traits = case.batch.traits
    if traits is None:
        return (), None
    own = traits.features[case.row]
    profile, told = _reference_line(case)
    return tuple(
        Axis(
            id=feature.id,
            title=feature.title,
            own=None if isnan(own[at]) else float(own[at]),
            peers=profile.get(feature.id),
        )
        for at, feature in enumerate(case.reference.standard.features)
    ), told


def _reference_line(case: Case) -> tuple[dict[str, float], Text | None]:
    """The profile the radar is drawn against: of the group, else of the nearest firms."""
    if case.group is not None:
        return case.group.profile, say("result.axes_group", group=case.group.name)
    traits, rows = case.batch.traits, case.nearest
    if traits is None or rows is None:
        return {}, None
    known = traits.features[rows]
    means = {
        id_: float(np.mean(known[:, at]))
        for at, id_ in enumerate(traits.feature_ids)
        if not np.isnan(known[:, at]).any()
    }
    return means, say("result.axes_nearest", count=len(rows))


def _cell(case: Case, question: str) -> SceneCell:
    scene, level = case.reference.scenes[question], case.scene_levels[question]
    return SceneCell(
        question=question,
        title=scene.title,
        chain=case.reference.standard.chains[scene.chain],
        binding=scene.binding,
        level=level,
        state=state_text(case, question),
        meaning=NONE if level is None else case.answer(question),
    )


def _item(case: Case, question: str) -> ItemRow:
    result, item = case.item_results[question], case.reference.items[question]
    answer = case.answer(question) if case.has(question) else state_text(case, question)
    if case.counts(question) is not None:
        answer = case.label(question, case.option(question))
    part = case.reference.parts[question].title
    return ItemRow(question, part, item.title, result.points, result.full, answer)
