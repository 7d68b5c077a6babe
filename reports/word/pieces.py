"""What chapters of a Word document are made of, and how texts of a report become such pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from questionnaires.text import Language, Text
from reports.dossier.model.front import Fact
from reports.phrases import load_phrases

COLON = {"zh": "：", "en": ": "}
ASIDE = {"zh": "{}（{}）", "en": "{} ({})"}
# What XML cannot hold: control characters, halves of characters.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of a chapter: `kind` "text", "label", "part", "bullet" or "table".

    A label has its `lead` set in bold before `text`; a table has `columns` and `rows`.
    """

    kind: str
    text: str = ""
    lead: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter with its pieces in order."""

    title: str
    pieces: list[Item] = field(default_factory=list)


class Wording:
    """Makes pieces in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._headings = load_phrases("headings")

    def say(self, text: Text | str) -> str:
        """A text in the document's language, without what Word cannot hold."""
        return FORBIDDEN.sub("", text if isinstance(text, str) else text.to(self.language))

    def word(self, key: str) -> str:
        """A fixed heading or column head."""
        return self.say(self._headings[key])

    def texts(self, texts: Iterable[Text | str]) -> Iterator[Item]:
        """Paragraphs, one a line."""
        for text in texts:
            for line in self.say(text).splitlines():
                if line.strip():
                    yield Item("text", line)

    def bullet(self, text: Text | str) -> Item:
        """A line of a list."""
        return Item("bullet", self.say(text))

    def part(self, text: Text | str) -> Item:
        """The heading of a part."""
        return Item("part", self.say(text))

    def label(self, key: str, text: Text | str) -> Iterator[Item]:
        """A text behind its bold label; nothing where it is empty."""
        if self.say(text):
            yield Item("label", self.say(text), self.word(key) + COLON[self.language])

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[Text | str]]) -> Iterator[Item]:
        """A table under the heads named by `columns`; nothing where it has no row."""
        said = tuple(tuple(self.say(cell) for cell in row) for row in rows)
        if said:
            heads = tuple(self.word(f"column.{key}") if key else "" for key in columns)
            yield Item("table", columns=heads, rows=said)

    def facts(self, facts: Iterable[Fact]) -> Iterator[Item]:
        """A table of facts."""
        rows = [(fact.label, self._noted(fact)) for fact in facts]
        yield from self.table(("what", "value"), rows)

    def _noted(self, fact: Fact) -> str:
        value = self.say(fact.value)
        return ASIDE[self.language].format(value, self.say(fact.note)) if fact.note else value

    def listed(self, key: str, texts: Sequence[Text | str]) -> Iterator[Item]:
        """A bold label with a list under it; nothing where that is empty."""
        if texts:
            yield Item("label", "", self.word(key) + COLON[self.language].rstrip())
            yield from (self.bullet(text) for text in texts)
