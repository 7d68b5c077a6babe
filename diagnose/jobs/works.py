"""What can be done beside the pages: works by name, and what they are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlmodel import Session

from diagnose.records import Account
from diagnose.refusing import Refused
from diagnose.storage import Store
from questionnaires.text import Text


class WorkFailed(Refused):
    """The work cannot be done; `message` tells the user why."""


class Progress(Protocol):
    """Takes word of how far a work is: steps done, steps in all, the stage where it has several.

    It may be told at any time, also while the records are being written.
    """

    def __call__(self, done: int, total: int, doing: Text | None = None) -> None:
        """Say so."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a work is given.

    `account` is who asked for it: look at rows through `visible(account, …)`, for what they may
    see can change before the work begins.
    """

    session: Session
    store: Store
    account: Account
    arguments: Mapping[str, Any]
    progress: Progress


Do = Callable[[Context], tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of long work: what people call it, and the function that does it."""

    title: Text
    do: Do


WORKS: dict[str, Work] = {}
"""Every work by the name that `start` takes."""


def work(name: str, title: Text) -> Callable[[Do], Do]:
    """Make a function known as the work `name`; it returns a file's name and content."""

    def keep(do: Do) -> Do:
        assert name not in WORKS, f"two works are called {name}"
        WORKS[name] = Work(title, do)
        return do

    return keep
