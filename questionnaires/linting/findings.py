"""What a linter found, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a content file: rule `code`, 1-based place, what and what to do.

    `where` is the path to the faulty part, e.g. `sections.profile.questions.network.kind`.
    """

    code: str
    line: int
    column: int
    where: str
    message: Text
    remedy: Text

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.code} {self.where}: {self.message.en}"
