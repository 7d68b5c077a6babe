"""Standards as files, `models/standards/<id>.yaml`.

    id: sme-2024                    # and the file's name
    version: 1.0.0                  # major.minor.patch; a patch never changes a score
    title: {zh: …, en: …}
    questionnaire: sme-2024         # the questionnaire it judges
    sources:                        # where numbers come from, and how sure they are
      points: {mark: reported, text: {zh: …, en: …}}   # confirmed reported remembered derived
    level_rule: points_and_scenes   # of models.scoring.levels.LEVEL_RULES
    no_level: {zh: …, en: …}
    levels:                         # ascending from 1; a level takes all it names
      - {number: 1, name: {…}, score: 20, scenes: 6, binding: 3, source: level-rule}
                                    # scenes, binding: default 0; beyond: true = more than score
    parts:
      - id: foundation
        title: {…}
        source: points
        items:
          - question: network
            title: {…}
            rule: sum               # of models.scoring.rules.RULES
            full: 8                 # the most it can give
            points: {none: 0, a: 2} # by option id
            source: points
            rate: {numerator: q, denominator: q, upto: [0.1, 0.2], source: bands}   # optional
    chains: {lifecycle: {…}}        # optional, with scenes
    scenes:
      - {question: scene_quality, title: {…}, chain: lifecycle, binding: true, source: scenes}
    features:                       # what peer groups are read from
      - {id: network, title: {…}, questions: [network]}

Numbers are decimals (`0.7`) or fractions (`5/9`) and are read exactly, never as floats.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType

from models.standard import (
    Feature,
    Item,
    Level,
    Mark,
    Part,
    Rate,
    Scene,
    Source,
    Standard,
)
from questionnaires.linting.nodes import Node, read_nodes
from questionnaires.text import Text

LIBRARY = Path(__file__).parents[1] / "standards"

Sources = Mapping[str, Source]


class StandardUnknown(LookupError):  # noqa: N818  # named as the questionnaires' one
    """The library holds no standard of that id; `message` names those it holds."""

    def __init__(self, message: Text) -> None:
        self.message = message
        super().__init__(message.en)


def standard_ids() -> tuple[str, ...]:
    """The ids of all standards in the library."""
    return tuple(sorted(path.stem for path in LIBRARY.glob("*.yaml")))


@cache
def load_standard(standard_id: str) -> Standard:
    """The standard of that id from the library; raises StandardUnknown."""
    if standard_id not in standard_ids():
        known = ", ".join(standard_ids())
        raise StandardUnknown(
            Text(
                "没有评测标准“{id}”，现有：{known}。", "No standard “{id}”; there are: {known}."
            ).format(id=standard_id, known=known)
        )
    path = LIBRARY / f"{standard_id}.yaml"
    root, _ = read_nodes(path)
    assert root is not None, path
    return build_standard(root, path.read_bytes())


def build_standard(root: Node, content: bytes) -> Standard:
    """The standard that sound nodes describe; `content` is hashed with its line ends as LF."""
    top = _fields(root)
    sources = {key: _source(node) for key, node in _fields(top["sources"]).items()}
    return Standard(
        id=_text(top["id"]),
        version=_text(top["version"]),
        title=_words(top["title"]),
        questionnaire=_text(top["questionnaire"]),
        parts=tuple(_part(node, sources) for node in _list(top["parts"])),
        scenes=tuple(_scene(node, sources) for node in _list(top.get("scenes"))),
        chains=MappingProxyType(
            {key: _words(node) for key, node in _fields(top.get("chains")).items()}
        ),
        level_rule=_text(top["level_rule"]),
        levels=tuple(_level(node, sources) for node in _list(top["levels"])),
        no_level=_words(top["no_level"]),
        features=tuple(_feature(node) for node in _list(top.get("features"))),
        sources=MappingProxyType(sources),
        hash=hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest(),
    )


def _source(node: Node) -> Source:
    fields = _fields(node)
    return Source(_words(fields["text"]), Mark(_text(fields["mark"])))


def _part(node: Node, sources: Sources) -> Part:
    fields = _fields(node)
    items = tuple(_item(item, sources) for item in _list(fields["items"]))
    return Part(
        _text(fields["id"]), _words(fields["title"]), items, sources[_text(fields["source"])]
    )


def _item(node: Node, sources: Sources) -> Item:
    fields = _fields(node)
    points = {key: number(value) for key, value in _fields(fields["points"]).items()}
    return Item(
        question=_text(fields["question"]),
        title=_words(fields["title"]),
        rule=_text(fields["rule"]),
        points=MappingProxyType(points),
        full=number(fields["full"]),
        source=sources[_text(fields["source"])],
        rate=_rate(fields["rate"], sources) if "rate" in fields else None,
    )


def _rate(node: Node, sources: Sources) -> Rate:
    fields = _fields(node)
    return Rate(
        _text(fields["numerator"]),
        _text(fields["denominator"]),
        tuple(number(bound) for bound in _list(fields["upto"])),
        sources[_text(fields["source"])],
    )


def _scene(node: Node, sources: Sources) -> Scene:
    fields = _fields(node)
    return Scene(
        _text(fields["question"]),
        _words(fields["title"]),
        _flag(fields["binding"]),
        _text(fields["chain"]),
        sources[_text(fields["source"])],
    )


def _level(node: Node, sources: Sources) -> Level:
    fields = _fields(node)
    return Level(
        number=int(_text(fields["number"])),
        name=_words(fields["name"]),
        score=number(fields["score"]),
        scenes=int(_text(fields["scenes"])) if "scenes" in fields else 0,
        binding=int(_text(fields["binding"])) if "binding" in fields else 0,
        source=sources[_text(fields["source"])],
        beyond=_flag(fields["beyond"]) if "beyond" in fields else False,
    )


def _feature(node: Node) -> Feature:
    fields = _fields(node)
    questions = tuple(_text(question) for question in _list(fields["questions"]))
    return Feature(_text(fields["id"]), _words(fields["title"]), questions)


def number(node: Node) -> Fraction:
    """The exact number a scalar spells; raises ValueError where it spells none."""
    return Fraction(_text(node))


def _fields(node: Node | None) -> Mapping[str, Node]:
    content = node.content if node else {}
    assert isinstance(content, Mapping)
    return content


def _list(node: Node | None) -> tuple[Node, ...]:
    content = node.content if node else ()
    assert isinstance(content, tuple)
    return content


def _text(node: Node) -> str:
    assert isinstance(node.content, str)
    return node.content


def _words(node: Node) -> Text:
    return Text.of({key: _text(value) for key, value in _fields(node).items()})


def _flag(node: Node) -> bool:
    return _text(node) == "true"
