"""What lives told as data have in common: their moves, who may make one, and why one is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from diagnose.access.capabilities import Capability, capabilities
from diagnose.records import Account
from diagnose.refusing import RefusedFor
from questionnaires.text import Text

NOT_YOURS = Text("您没有做这一步的权限。", "This step is not yours to make.")
REASON_WANTED = Text("请写明原因。", "Please give the reason.")


class MoveRefused(RefusedFor):
    """The move cannot be made; `problems` say why, in the user's words."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step: from which places to which, by whom; `reason` that words are asked for."""

    id: str
    title: Text
    sources: tuple[str, ...]
    target: str
    by: frozenset[Capability]
    reason: bool
    guards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A move that somebody wants: with a reason, columns of the row to set, and facts to log.

    `edition` is the one the page was opened on; None takes the row as it stands. `asked_by` names
    whoever brought it up, which no log keeps.
    """

    move: str
    reason: str = ""
    sets: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    edition: int | None = None
    asked_by: str = ""


def read_moves(held: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Move]:
    """The moves that a file describes, by id, in its order."""
    return MappingProxyType({id_: _read(id_, data) for id_, data in held.items()})


def open_to(account: Account, moves: Mapping[str, Move], place: str) -> tuple[Move, ...]:
    """The moves out of `place` that the account could make, whether or not their guards hold."""
    granted = capabilities(account.kind)
    return tuple(m for m in moves.values() if place in m.sources and m.by & granted)


def barred(
    step: Move, account: Account | None, place: str, title: Text, sentence: Text
) -> Text | None:
    """Why a move is none of this account's from here, if it is none; guards aside.

    `sentence` says that no such way leads from the place called `title`. No account is the system
    itself, which needs no capability.
    """
    if account is not None and not step.by & capabilities(account.kind):
        return NOT_YOURS
    if place in step.sources:
        return None
    zh = sentence.zh.format(place=title.zh, move=step.title.zh)
    return Text(zh, sentence.en.format(place=title.en, move=step.title.en))


def standing_against(
    step: Move, wanted: Wanted, problems: Iterable[Text | None]
) -> tuple[Text, ...]:
    """What stands against a move: a reason not given, and the problems that its guards found."""
    unsaid = (REASON_WANTED,) if step.reason and not wanted.reason.strip() else ()
    return unsaid + tuple(problem for problem in problems if problem)


def _read(id_: str, data: Mapping[str, Any]) -> Move:
    by = data["by"]
    return Move(
        id=id_,
        title=Text(**data["title"]),
        sources=tuple(data["from"]),
        target=data["to"],
        by=frozenset(map(Capability, [by] if isinstance(by, str) else by)),
        reason=data.get("reason", False),
        guards=tuple(data.get("guards", ())),
    )
