"""Worked examples of a standard, `models/standards/examples/<id>.yaml`: answers → result.

    examples:
      - id: third-level
        title: {zh: …, en: …}
        like: second-level          # optional: begin with the answers of an earlier example
        answers: {network: [a, b], planning: c, talent: {state: unknown}, scene_quality: 2}
                                    # as in answer sheets; an empty value takes an answer away
        expect: {score: 65, level: 3, parts: {foundation: 45}}

What can be expected: `score`, `level`, `answered`, `could_add`, `conflicts` (rates whose counts
contradict the chosen band), and by part `parts`, by level `scenes` and `binding`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.scoring import faults
from models.scoring.fields import StandardFields
from models.scoring.items import NOTHING
from models.scoring.scorer import Scorer
from questionnaires.check import check_answers
from questionnaires.linting.findings import Finding
from questionnaires.linting.nodes import Node
from questionnaires.text import Text


@dataclass(frozen=True)
class Example:
    """A worked example: raw answers, and by fact (`parts.foundation`) the node that expects it."""

    id: str
    title: Text
    answers: Mapping[str, object]
    expect: Mapping[str, Node]
    node: Node


class ExampleReader(StandardFields):
    """Reads examples and judges them by the scorer's standard."""

    def __init__(self, scorer: Scorer) -> None:
        super().__init__()
        self._scorer = scorer

    def check(self, root: Node) -> None:
        """Judge all examples of a file."""
        for example in self._read(root):
            self._judge(example)

    def _read(self, root: Node) -> list[Example]:
        entries = self.entries(root, "examples", ("examples",))
        examples: dict[str, Example] = {}
        for at, node in enumerate(self.items(entries.get("examples"), "examples")):
            example = self._example(node, f"examples.[{at}]", examples)
            if example.id in examples:
                told = {"id": example.id, "line": examples[example.id].node.line}
                self.report(faults.DUPLICATE_ID, node, f"examples.{example.id}", **told)
            examples[example.id] = example
        return list(examples.values())

    def _judge(self, example: Example) -> None:
        """Report every answer that cannot be taken and every expectation that is not met."""
        where = f"examples.{example.id}"
        checked = check_answers(self._scorer.questionnaire, example.answers)
        for question, why in checked.problems.items():
            told = {"id": example.id, "question": question, "why": why}
            self.report(faults.EXAMPLE_ANSWER, example.node, f"{where}.answers", **told)
        scores = self._scorer.score(checked.sheets)
        conflicts = self._scorer.conflicts(checked.sheets).values()
        facts: dict[str, float] = {
            "score": scores.score[0],
            "level": scores.level[0],
            "answered": scores.answered[0],
            "could_add": scores.could_add[0],
            "conflicts": sum(int(conflict[0]) for conflict in conflicts),
        }
        for at, part in enumerate(self._scorer.standard.parts):
            facts[f"parts.{part.id}"] = scores.parts[0, at]
        for at, level in enumerate(self._scorer.standard.levels):
            facts[f"scenes.{level.number}"] = scores.scenes_at[0, at]
            facts[f"binding.{level.number}"] = scores.binding_at[0, at]
        for key, node in example.expect.items():
            self._compare(example, node, key, facts)

    def _compare(self, example: Example, node: Node, key: str, facts: Mapping[str, float]) -> None:
        where = f"examples.{example.id}.expect.{key}"
        if self.named(Node(key, node.line, node.column), where, Text("结果", "result"), facts):
            expected = self.exact(node, where)
            if float(expected) != facts[key]:
                told = {"id": example.id, "key": key, "found": f"{facts[key]:.10g}"}
                expectation = f"{float(expected):.10g}"
                self.report(faults.EXAMPLE_DIFFERS, node, where, expected=expectation, **told)

    def _example(self, node: Node, where: str, earlier: Mapping[str, Example]) -> Example:
        entries = self.entries(node, where, ("id", "title", "expect"), ("like", "answers"))
        like = self.named(entries.get("like"), f"{where}.like", Text("算例", "example"), earlier)
        answers = dict(earlier[like].answers) if like else {}
        given = self.parts(entries.get("answers"), f"{where}.answers")
        answers |= {question: _plain(answer) for question, answer in given.items()}
        return Example(
            id=self.words(entries.get("id"), f"{where}.id"),
            title=self.phrase(entries.get("title"), f"{where}.title") or NOTHING,
            answers={
                question: answer for question, answer in answers.items() if answer is not None
            },
            expect=_flat(self.parts(entries.get("expect"), f"{where}.expect")),
            node=node,
        )


def check_examples(scorer: Scorer, path: Path) -> list[Finding]:
    """What the worked examples in the file hold against the scorer's standard."""
    reader = ExampleReader(scorer)
    return reader.parse(path, reader.check)[1]


def _plain(node: Node) -> object:
    if isinstance(node.content, Mapping):
        return {key: _plain(part) for key, part in node.content.items()}
    if isinstance(node.content, tuple):
        return [_plain(part) for part in node.content]
    return node.content


def _flat(parts: Mapping[str, Node]) -> dict[str, Node]:
    """`{parts: {base: 4}}` as `{parts.base: 4}`."""
    flat: dict[str, Node] = {}
    for key, node in parts.items():
        if isinstance(node.content, Mapping):
            flat |= {f"{key}.{inner}": part for inner, part in _flat(node.content).items()}
        else:
            flat[key] = node
    return flat
