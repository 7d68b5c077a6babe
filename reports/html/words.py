"""Says a report's words in one language, and counts chapters, figures and tables."""

from __future__ import annotations

from collections.abc import Iterable

from questionnaires.text import Language, Text
from reports.phrases import load_phrases

COLON = {"zh": "：", "en": ": "}
SEMICOLON = {"zh": "；", "en": "; "}
SENTENCE = {"zh": "", "en": " "}


class Words:
    """The speaker of one report: what it says depends on the language alone."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.colon = COLON[language]
        self._headings = load_phrases("headings")
        self._charts = load_phrases("charts")
        self._visit = load_phrases("visit")
        self._counts = {"chapter": 0, "figure": 0, "table": 0}

    def say(self, text: Text | str | None) -> str:
        """A text in the report's language; nothing where there is none."""
        if text is None:
            return ""
        return text if isinstance(text, str) else text.to(self.language)

    def word(self, key: str) -> str:
        """A fixed heading or column head."""
        return self.say(self._headings[key])

    def phrase(self, key: str, **values: object) -> str:
        """A caption or lettering, its placeholders filled."""
        return self.say(self._charts[key].format(**values))

    def told(self, key: str, **values: object) -> str:
        """A phrase on the visit, its placeholders filled."""
        return self.say(self._visit[key].format(**values))

    def chapter(self, key: str) -> str:
        """The numbered heading of the next chapter."""
        return f"{self._next('chapter')}  {self.word(f'section.{key}')}"

    def figure(self, title: str) -> str:
        """The numbered caption of the next figure."""
        return self.phrase("figure", number=self._next("figure"), title=title)

    def table(self, title: str) -> str:
        """The numbered caption of the next table."""
        return self.phrase("table", number=self._next("table"), title=title)

    def joined(self, texts: Iterable[Text | str]) -> str:
        """Texts in one line, semicolons between them."""
        return SEMICOLON[self.language].join(filter(None, map(self.say, texts)))

    def sentences(self, texts: Iterable[Text | str]) -> str:
        """Whole sentences, one after the other."""
        return SENTENCE[self.language].join(filter(None, map(self.say, texts)))

    def _next(self, kind: str) -> int:
        self._counts[kind] += 1
        return self._counts[kind]
