"""Typed values out of nodes; what does not fit becomes a finding, and reading goes on."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from questionnaires import rules
from questionnaires.linting.findings import Finding
from questionnaires.linting.nodes import Node, read_nodes
from questionnaires.problems import hint
from questionnaires.rules import Rule
from questionnaires.text import LANGUAGES, Text

Built = TypeVar("Built")
ID = re.compile("[a-z][a-z0-9_]{0,63}")
VERSION = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})")
_TRUTHS = {"true": True, "false": False, "yes": True, "no": False}
MAPPING = Text("映射（键: 值）", "a mapping (key: value)")
LIST = Text("列表（- …）", "a list (- …)")
WORDS = Text("文字", "text")
NUMBER = Text("数字", "a number")
TRUTH = Text("true 或 false", "true or false")


class Fields:
    """Reads the parts of a file and collects what is wrong with them, in the words of `rules`."""

    rules: ClassVar[Mapping[str, Rule]] = rules.RULES

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def report(self, code: str, node: Node, where: str, /, **particulars: Any) -> None:
        """Hold a rule against a place."""
        message = self.rules[code].message.format(**particulars)
        remedy = self.rules[code].remedy.format(**particulars)
        self.findings.append(Finding(code, node.line, node.column, where, message, remedy))

    def parse(
        self, path: Path | str, build: Callable[[Node], Built]
    ) -> tuple[Built | None, list[Finding]]:
        """What `build` makes of a file, None where there are findings, and those by their lines."""
        root = read_nodes(Path(path), self.report)
        built = None if root is None else build(root)
        findings = sorted(self.findings, key=lambda found: (found.line, found.column))
        return (None if findings else built), findings

    def entries(
        self, node: Node, where: str, required: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> Mapping[str, Node]:
        """A mapping's known entries that hold something; nothing where it is no mapping."""
        if not isinstance(node.content, Mapping):
            return self.parts(node, where)
        allowed = required + optional
        for key, value in node.content.items():
            if key not in allowed:
                self.report(
                    rules.UNKNOWN_KEY,
                    value,
                    f"{where}.{key}".lstrip("."),
                    key=key,
                    allowed=", ".join(allowed),
                    hint=hint(key, allowed),
                )
        there = {k: v for k, v in node.content.items() if k in allowed and v.content is not None}
        for key in required:
            if key not in there:
                self.report(rules.MISSING_KEY, node, where, key=key)
        return there

    def parts(self, node: Node | None, where: str) -> Mapping[str, Node]:
        """A mapping whose keys are the author's choice."""
        if node is None:
            return {}
        if not isinstance(node.content, Mapping):
            self.report(rules.WRONG_TYPE, node, where, key=_last(where), expected=MAPPING)
            return {}
        return node.content

    def items(self, node: Node | None, where: str) -> tuple[Node, ...]:
        """A list's parts; an empty list is a finding."""
        if node is None:
            return ()
        if not isinstance(node.content, tuple):
            self.report(rules.WRONG_TYPE, node, where, key=_last(where), expected=LIST)
            return ()
        if not node.content:
            self.report(rules.EMPTY, node, where, key=_last(where))
        return node.content

    def words(self, node: Node | None, where: str) -> str:
        """A text of one language, '' where there is none."""
        if node is None:
            return ""
        if not isinstance(node.content, str):
            self.report(rules.WRONG_TYPE, node, where, key=_last(where), expected=WORDS)
            return ""
        return node.content.strip()

    def identifier(self, node: Node | None, where: str, form: re.Pattern[str] = ID) -> str:
        """An id of the right form, '' where there is none."""
        name = self.words(node, where)
        if node is not None and isinstance(node.content, str) and not form.fullmatch(name):
            self.report(rules.BAD_ID, node, where, id=name)
        return name

    def version(self, node: Node | None, where: str) -> str:
        """A version of three numbers, '' where there is none."""
        version = self.words(node, where)
        if node is not None and not VERSION.fullmatch(version):
            self.report(rules.BAD_VERSION, node, where, version=version)
        return version

    def phrase(self, node: Node | None, where: str) -> Text | None:
        """A text in both languages."""
        if node is None:
            return None
        said = node.content if isinstance(node.content, Mapping) else {}
        if isinstance(node.content, Mapping):
            self.entries(node, where, (), LANGUAGES)
        texts: dict[str, str] = {
            language: self.words(said.get(language), f"{where}.{language}")
            for language in LANGUAGES
            if said.get(language) is not None and said[language].content is not None
        }
        missing = [language for language in LANGUAGES if not texts.get(language)]
        if missing:
            languages = ", ".join(missing)
            self.report(rules.UNTRANSLATED, node, where, key=_last(where), languages=languages)
            return None
        return Text.of(texts)

    def flag(self, node: Node | None, where: str, *, default: bool) -> bool:
        """True or false."""
        if node is None:
            return default
        truth = _TRUTHS.get(node.content.lower()) if isinstance(node.content, str) else None
        if truth is None:
            self.report(rules.WRONG_TYPE, node, where, key=_last(where), expected=TRUTH)
            return default
        return truth

    def number(self, node: Node | None, where: str) -> float | None:
        """A finite number."""
        if node is None:
            return None
        try:
            number = float(node.content) if isinstance(node.content, str) else math.nan
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            self.report(rules.WRONG_TYPE, node, where, key=_last(where), expected=NUMBER)
            return None
        return number


def _last(where: str) -> str:
    return where.rpartition(".")[2]
