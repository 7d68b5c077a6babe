"""A standard out of a file's nodes, and every fault on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import questionnaires
from models.scoring import faults
from models.scoring.fields import StandardFields
from models.scoring.items import NOTHING, ItemBuilder
from models.scoring.levels import LEVEL_RULES
from models.scoring.sense import SenseCheck
from models.standard import Feature, Level, Mark, Part, Scene, Source, Standard
from questionnaires.hashing import content_hash
from questionnaires.linting.build import QUESTIONNAIRE_ID
from questionnaires.linting.nodes import Node
from questionnaires.model import Questionnaire
from questionnaires.text import Text

_KEY = re.compile("[a-z][a-z0-9_-]{0,63}")
_REQUIRED = (
    "id", "version", "title", "questionnaire", "sources", "level_rule", "no_level", "levels",
    "parts",
)  # fmt: skip


class StandardBuilder(StandardFields):
    """Builds one standard; what it could not read is left out and found."""

    def standard(self, root: Node) -> Standard | None:
        """The whole file; None where its questionnaire is not known."""
        entries = self.entries(root, "", _REQUIRED, ("chains", "scenes", "features"))
        questionnaire = self._questionnaire(entries.get("questionnaire"))
        sources = self._sources(entries.get("sources"))
        if questionnaire is None:
            return None
        items = ItemBuilder(self, questionnaire, sources)
        chains = self._phrases(entries.get("chains"), "chains")
        built = Standard(
            id=self.identifier(entries.get("id"), "id", QUESTIONNAIRE_ID),
            version=self.version(entries.get("version"), "version"),
            title=self.phrase(entries.get("title"), "title") or NOTHING,
            questionnaire=questionnaire.id,
            parts=self._parts(entries.get("parts"), items),
            scenes=self._scenes(entries.get("scenes"), questionnaire, items, chains),
            chains=MappingProxyType(chains),
            level_rule=self.named(
                entries.get("level_rule"), "level_rule", Text("等级规则", "level rule"), LEVEL_RULES
            ),
            levels=self._levels(entries.get("levels"), items),
            no_level=self.phrase(entries.get("no_level"), "no_level") or NOTHING,
            features=self._features(entries.get("features")),
            sources=MappingProxyType(sources),
            hash="",
        )
        if not self.findings:
            SenseCheck(self, built, questionnaire).check(root)
        return replace(built, hash=content_hash(built))

    def _questionnaire(self, node: Node | None) -> Questionnaire | None:
        known = questionnaires.library()
        what = Text("问卷", "questionnaire")
        name = self.named(node, "questionnaire", what, known)
        return questionnaires.load(name) if name else None

    def _sources(self, node: Node | None) -> dict[str, Source]:
        sources = {}
        for key, part in self._keyed(node, "sources").items():
            where = f"sources.{key}"
            entries = self.entries(part, where, ("mark", "text"))
            mark = self.named(
                entries.get("mark"), f"{where}.mark", Text("标记", "mark"), list(Mark)
            )
            text = self.phrase(entries.get("text"), f"{where}.text") or NOTHING
            # An unreadable mark is found; the key stays known, so that it is found only once.
            sources[key] = Source(text, Mark(mark or Mark.DERIVED))
        return sources

    def _phrases(self, node: Node | None, where: str) -> dict[str, Text]:
        return {
            key: self.phrase(part, f"{where}.{key}") or NOTHING
            for key, part in self._keyed(node, where).items()
        }

    def _keyed(self, node: Node | None, where: str) -> Mapping[str, Node]:
        """A mapping whose keys are ids of the author's choice."""
        parts = self.parts(node, where)
        for key, part in parts.items():
            if not _KEY.fullmatch(key):
                self.report(faults.BAD_ID, part, f"{where}.{key}", id=key)
        return parts

    def _parts(self, node: Node | None, items: ItemBuilder) -> tuple[Part, ...]:
        return tuple(
            self._part(part, f"parts.[{at}]", items)
            for at, part in enumerate(self.items(node, "parts"))
        )

    def _part(self, node: Node, where: str, items: ItemBuilder) -> Part:
        entries = self.entries(node, where, ("id", "title", "items", "source"))
        parts = enumerate(self.items(entries.get("items"), f"{where}.items"))
        built = [items.item(part, f"{where}.items.[{at}]") for at, part in parts]
        return Part(
            id=self.identifier(entries.get("id"), f"{where}.id"),
            title=self.phrase(entries.get("title"), f"{where}.title") or NOTHING,
            items=tuple(item for item in built if item),
            source=items.source(entries.get("source"), f"{where}.source"),
        )

    def _scenes(
        self,
        node: Node | None,
        questionnaire: Questionnaire,
        items: ItemBuilder,
        chains: Mapping[str, Text],
    ) -> tuple[Scene, ...]:
        scenes = []
        for at, part in enumerate(self.items(node, "scenes")):
            where = f"scenes.[{at}]"
            keys = ("question", "title", "chain", "binding", "source")
            entries = self.entries(part, where, keys)
            asked = entries.get("question")
            question = self.question(asked, f"{where}.question", questionnaire, ("single",))
            chain = Text("环节", "chain")
            scene = Scene(
                question=question.id if question else "",
                title=self.phrase(entries.get("title"), f"{where}.title") or NOTHING,
                binding=self.flag(entries.get("binding"), f"{where}.binding", default=False),
                chain=self.named(entries.get("chain"), f"{where}.chain", chain, chains),
                source=items.source(entries.get("source"), f"{where}.source"),
            )
            scenes += [scene] if question else []
        return tuple(scenes)

    def _levels(self, node: Node | None, items: ItemBuilder) -> tuple[Level, ...]:
        return tuple(
            self._level(part, f"levels.[{at}]", items)
            for at, part in enumerate(self.items(node, "levels"))
        )

    def _level(self, node: Node, where: str, items: ItemBuilder) -> Level:
        optional = ("scenes", "binding", "beyond")
        entries = self.entries(node, where, ("number", "name", "score", "source"), optional)
        return Level(
            number=self.count(entries.get("number"), f"{where}.number"),
            name=self.phrase(entries.get("name"), f"{where}.name") or NOTHING,
            score=self.exact(entries.get("score"), f"{where}.score"),
            scenes=self.count(entries.get("scenes"), f"{where}.scenes"),
            binding=self.count(entries.get("binding"), f"{where}.binding"),
            source=items.source(entries.get("source"), f"{where}.source"),
            beyond=self.flag(entries.get("beyond"), f"{where}.beyond", default=False),
        )

    def _features(self, node: Node | None) -> tuple[Feature, ...]:
        return tuple(
            self._feature(part, f"features.[{at}]")
            for at, part in enumerate(self.items(node, "features"))
        )

    def _feature(self, node: Node, where: str) -> Feature:
        entries = self.entries(node, where, ("id", "title", "questions"))
        members = self.items(entries.get("questions"), f"{where}.questions")
        return Feature(
            id=self.identifier(entries.get("id"), f"{where}.id"),
            title=self.phrase(entries.get("title"), f"{where}.title") or NOTHING,
            questions=tuple(self.words(member, f"{where}.questions") for member in members),
        )
