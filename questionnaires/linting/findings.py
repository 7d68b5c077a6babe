"""What a linter found, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaires.rules import RULES, Rule
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


def finding(
    code: str,
    line: int,
    column: int,
    where: str,
    rules: Mapping[str, Rule] = RULES,
    /,
    **particulars: object,
) -> Finding:
    """A finding in the words that `rules` have for its code."""
    rule = rules[code]
    return Finding(
        code,
        line,
        column,
        where,
        rule.message.format(**particulars),
        rule.remedy.format(**particulars),
    )
