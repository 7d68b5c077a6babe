"""Which project types of the catalogue may answer a need, and why; a person decides.

A type counts for what the firm chose itself, for the words it used, and for raising the scene it
named; the weights say that the firm's own choice outweighs any word. Solutions are named by type
only: no products, no vendors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from diagnose.reading import standard
from diagnose.records import NeedEntry
from models.roadmap import load_catalogue
from questionnaires.text import Text

CHOSEN, WORD, SCENE = 4, 2, 1
MOST_WORDS = 2  # words of one type that count
SHOWN = 5

BY_CHOICE = Text("企业自己选了这一类", "The firm chose this type")
BY_WORD = Text("需求里提到“{word}”", "The need speaks of “{word}”")
BY_SCENE = Text("能提升“{scene}”场景", "It raises the scene “{scene}”")


@dataclass(frozen=True, slots=True)
class Solutions:
    """`types` neutral ways to a solution; by project type its ways and words."""

    types: Mapping[str, Text]
    ways: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]

    def of(self, project_type: str) -> tuple[Text, ...]:
        """The neutral ways to answer a need of this project type."""
        return tuple(self.types[way] for way in self.ways.get(project_type, ()))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project type that may answer a need, with the reasons that speak for it."""

    type: str
    weight: int
    reasons: tuple[Text, ...]


@cache
def solutions() -> Solutions:
    """The solution types that come with the package."""
    text = files("diagnose.needs").joinpath("solutions.yaml").read_text("utf-8")
    held: dict[str, Any] = yaml.safe_load(text)
    projects = held["projects"]
    return Solutions(
        MappingProxyType({id_: Text.of(name) for id_, name in held["types"].items()}),
        MappingProxyType({id_: tuple(entry["types"]) for id_, entry in projects.items()}),
        MappingProxyType({id_: tuple(map(str, entry["words"])) for id_, entry in projects.items()}),
    )


def candidates(need: NeedEntry) -> tuple[Candidate, ...]:
    """The likeliest project types for a need, the best first; ties in the catalogue's order."""
    said = f"{need.name} {need.content}".casefold()
    found = [
        Candidate(project.id, sum(weight for weight, _ in reasons), tuple(t for _, t in reasons))
        for project in load_catalogue().projects
        if (reasons := [*_reasons(need, said, project.id)])
    ]
    return tuple(sorted(found, key=lambda each: -each.weight)[:SHOWN])


def _reasons(need: NeedEntry, said: str, project_type: str) -> Iterator[tuple[int, Text]]:
    if need.type == project_type:
        yield CHOSEN, BY_CHOICE
    heard = [word for word in solutions().words.get(project_type, ()) if _speaks_of(said, word)]
    for word in heard[:MOST_WORDS]:
        yield WORD, BY_WORD.format(word=word)
    if need.scene in raised(project_type):
        yield SCENE, BY_SCENE.format(scene=scene_titles()[need.scene])


def raised(project_type: str) -> frozenset[str]:
    """The questions of the standard that a project type raises."""
    return frozenset(effect.question for effect in load_catalogue()[project_type].effects)


def project_name(project_type: str) -> Text:
    """The name of a project type; one that the catalogue no longer has stands for itself."""
    catalogue = load_catalogue()
    known = project_type in catalogue.index
    return catalogue[project_type].name if known else Text.of(project_type)


@cache
def scene_titles() -> Mapping[str, Text]:
    """The scenes of the standard by id."""
    return MappingProxyType({scene.question: scene.title for scene in standard().scenes})


def _speaks_of(said: str, word: str) -> bool:
    """Whether a word is said; Latin letters count only as a word of their own."""
    sought = word.casefold()
    if not sought.isascii():
        return sought in said
    return re.search(rf"(?<![a-z0-9]){re.escape(sought)}(?![a-z0-9])", said) is not None
