"""Whether a standard that can be read also makes sense: what its parts ask of each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from models.scoring import faults
from models.scoring.fields import StandardFields
from models.scoring.levels import LEVEL_RULES
from models.standard import Level, Standard
from questionnaires.linting.nodes import Node
from questionnaires.model import Questionnaire


class SenseCheck:
    """Checks a standard without faults of form, so that its nodes are those the form asks for."""

    def __init__(
        self, fields: StandardFields, standard: Standard, questionnaire: Questionnaire
    ) -> None:
        self._fields = fields
        self._standard = standard
        self._questionnaire = questionnaire

    def check(self, root: Node) -> None:
        """Report what makes no sense."""
        parts, scenes = _parts(root, "parts"), _parts(root, "scenes")
        items = [item for part in parts for item in _parts(part, "items")]
        features = _parts(root, "features")
        self._once([_part(node, "question") for node in [*items, *scenes]])
        self._once([_part(node, "id") for node in parts])
        self._once([_part(node, "id") for node in features])
        self._check_scenes(scenes)
        self._check_features(features)
        self._check_levels(_parts(root, "levels"), _part(root, "parts"))

    def _once(self, names: Sequence[Node]) -> None:
        first: dict[object, Node] = {}
        for node in names:
            earlier = first.setdefault(node.content, node)
            if earlier is not node:
                told = {"id": node.content, "line": earlier.line}
                self._fields.report(faults.DUPLICATE_ID, node, str(node.content), **told)

    def _check_scenes(self, nodes: Sequence[Node]) -> None:
        for node, scene in zip(nodes, self._standard.scenes, strict=True):
            options = {option.id for option in self._questionnaire[scene.question].options}
            if options != {str(level) for level in range(len(options))}:
                told = {"id": scene.question, "most": len(options) - 1}
                self._fields.report(faults.NOT_LEVELS, node, f"scenes.{scene.question}", **told)

    def _check_features(self, nodes: Sequence[Node]) -> None:
        judged = {item.question for item in self._standard.items}
        judged |= {scene.question for scene in self._standard.scenes}
        for node, feature in zip(nodes, self._standard.features, strict=True):
            for member in _parts(node, "questions"):
                if member.content not in judged:
                    where = f"features.{feature.id}.questions"
                    self._fields.report(faults.NOT_JUDGED, member, where, id=member.content)

    def _check_levels(self, nodes: Sequence[Node], parts: Node) -> None:
        levels = self._standard.levels
        if self._standard.level_rule == "gated" and len(self._standard.parts) != len(levels):
            told = {"parts": len(self._standard.parts), "levels": len(levels)}
            self._fields.report(faults.PARTS_NOT_LEVELS, parts, "parts", **told)
        for at, (node, level) in enumerate(zip(nodes, levels, strict=True)):
            where = f"levels.[{at}]"
            if level.number != at + 1:
                number = _part(node, "number")
                self._fields.report(faults.WRONG_NUMBER, number, f"{where}.number", number=at + 1)
            if at and _takes_less(level, levels[at - 1]):
                self._fields.report(faults.FALLING_LEVELS, node, where, number=at + 1)
            self._check_reach(node, where, level)

    def _check_reach(self, node: Node, where: str, level: Level) -> None:
        rule, scenes = LEVEL_RULES[self._standard.level_rule], self._standard.scenes
        reach: dict[str, tuple[Fraction | int, Fraction | int]] = {
            "score": (level.score, rule.most(self._standard, level.number)),
            "scenes": (level.scenes, len(scenes)),
            "binding": (level.binding, sum(scene.binding for scene in scenes)),
        }
        for key, (required, most) in reach.items():
            if required > most:
                told = {"number": level.number, "key": key, "required": required, "most": most}
                at = _part(node, key)
                self._fields.report(faults.OUT_OF_REACH, at, f"{where}.{key}", **told)


def _takes_less(level: Level, before: Level) -> bool:
    return (
        level.score < before.score or level.scenes < before.scenes or level.binding < before.binding
    )


def _part(node: Node, key: str) -> Node:
    assert isinstance(node.content, Mapping)
    return node.content[key]


def _parts(node: Node, key: str) -> tuple[Node, ...]:
    assert isinstance(node.content, Mapping)
    content = node.content[key].content if key in node.content else None
    return content if isinstance(content, tuple) else ()
