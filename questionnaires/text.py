"""Texts in the languages the project speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text, said in Chinese and in English."""

    zh: str
    en: str

    def to(self, language: Language) -> str:
        """The text in `language`."""
        return self.zh if language == "zh" else self.en

    def format(self, **values: object) -> Text:
        """The text with its placeholders filled; a `Text` value is filled in its own language."""
        return Text(
            *(self.to(language).format(**_spoken(values, language)) for language in LANGUAGES)
        )

    @classmethod
    def of(cls, value: Mapping[str, str] | str) -> Text:
        """Read a text from a content file: `{zh: …, en: …}`, or one string that serves both."""
        if isinstance(value, str):
            return cls(value, value)
        return cls(str(value["zh"]).strip(), str(value["en"]).strip())


def _spoken(values: Mapping[str, object], language: Language) -> dict[str, object]:
    return {k: v.to(language) if isinstance(v, Text) else v for k, v in values.items()}
