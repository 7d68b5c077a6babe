"""What a question kind knows: its column, how it reads and writes, what its authors get wrong."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from questionnaires.model import Question
from questionnaires.problems import Problem

Encoder = Callable[[list[object]], tuple[NDArray[Any], list[int]]]
"""Raw values of one question → its column, and the rows that need `Kind.read` one by one.

The column holds the blank for `None`, for '' and at the rows that need care.
"""

Cell = str | int | float

MEMO_SIZE = 20_000  # a memo of raw values stops growing here


@dataclass(frozen=True, slots=True)
class Fault:
    """What an author got wrong in a question of this kind: the rule, the key, the particulars."""

    code: str
    key: str
    particulars: tuple[tuple[str, object], ...] = ()


class Kind(ABC):
    """One kind of question.

    `dtype` and `blank` are those of its column; `takes` are the keys, beside those of every
    question, that an author may give.
    """

    name: ClassVar[str]
    dtype: ClassVar[np.dtype[Any]]
    blank: ClassVar[Any]
    takes: ClassVar[frozenset[str]] = frozenset()

    @abstractmethod
    def read(self, question: Question, raw: object) -> Any | Problem:
        """One raw value (from JSON, CSV, Excel or a form) as a column value, or the problem.

        The blank comes back where nothing was answered. Never raises.
        """

    @abstractmethod
    def write(self, question: Question, value: Any) -> object:
        """A column value as JSON holds it; `read` gives the same value back."""

    def cell(self, question: Question, value: Any) -> Cell:
        """A column value as a CSV or Excel cell holds it; `read` gives the same value back."""
        written = self.write(question, value)
        return written if isinstance(written, int | float) else str(written)

    def encoder(self, question: Question) -> Encoder:
        """A fast reader of many raw values; agrees with `read` on every one."""
        return memo_encoder(self, question, {})

    def faults(self, question: Question) -> Iterator[Fault]:
        """What is wrong with the question itself, for its author."""
        return iter(())

    def is_blank(self, value: Any) -> bool:
        """Whether a column value is no answer."""
        return bool(value == self.blank)

    def answered(self, column: NDArray[Any]) -> NDArray[np.bool_]:
        """(n,) where the column holds an answer."""
        return np.asarray(column != self.blank)


def memo_encoder(kind: Kind, question: Question, known: Mapping[Any, Any]) -> Encoder:
    """An encoder that reads each distinct text once and then looks it up."""
    memo = Memo(kind, question, known)

    def encode(raws: list[object]) -> tuple[NDArray[Any], list[int]]:
        values = [kind.blank] * len(raws)
        care = []
        for at, raw in enumerate(raws):
            try:
                values[at] = memo[raw]
            except (KeyError, TypeError):  # TypeError: not hashable, a state
                care.append(at)
        return np.array(values, dtype=kind.dtype), care

    return encode


class Memo(dict[Any, Any]):
    """Raw value → column value; a text not met before is read and, if it can be, learnt."""

    def __init__(self, kind: Kind, question: Question, known: Mapping[Any, Any]) -> None:
        super().__init__({None: kind.blank, "": kind.blank, **known})
        self.kind = kind
        self.question = question

    def __missing__(self, raw: object) -> Any:
        value = self.kind.read(self.question, raw) if type(raw) is str else None
        if value is None or isinstance(value, Problem) or len(self) >= MEMO_SIZE:
            raise KeyError(raw)
        self[raw] = value
        return value
