"""The stage of the play: who acts on which diagnoses, and one turn of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlmodel import Session

from diagnose.demonstration.papers import Papers
from diagnose.demonstration.people import Cast
from diagnose.demonstration.press import Press
from diagnose.demonstration.timetable import Step
from diagnose.fictional.content import content
from diagnose.pool import Pool, read_pool
from diagnose.records import Account, Actor, Diagnosis, Firm
from diagnose.storage import Store
from diagnose.workflow import MACHINE

HOME = "127.0.0.1"


@dataclass(frozen=True)
class Stage:
    """Where the play happens: who acts on which diagnoses (by firm), and where papers go.

    With `insist`, a report that comes back for being too much like others is rewritten and sent.
    """

    session: Session
    store: Store
    cast: Cast
    firms: tuple[Firm, ...]
    diagnoses: Mapping[int, Diagnosis]
    press: Press
    insist: bool = False
    held_back: set[int] = field(default_factory=set)

    @cached_property
    def pool(self) -> Pool:
        """The firms that reports compare with: all that have a sheet."""
        return read_pool(self.session, fictional=True)

    @cached_property
    def papers(self) -> Papers:
        """Where papers are handed in."""
        return Papers(self.session, self.store)

    @cached_property
    def said(self) -> Mapping[str, Any]:
        """The invented words."""
        return content("programme")


@dataclass(frozen=True)
class Turn:
    """One step of one diagnosis, and who takes it."""

    stage: Stage
    step: Step
    diagnosis: Diagnosis
    draft: int = 0

    @property
    def session(self) -> Session:
        """The session of the play."""
        return self.stage.session

    def by_capability(self, wish: str) -> Account:
        """Who makes a move: whoever it is of those who may."""
        (capability,), cast = MACHINE.moves[wish].by, self.stage.cast
        if capability.startswith("report.check"):
            return self.team[1]
        if capability.startswith("diagnosis.work"):
            return self.team[0]
        if capability == "report.confirm":
            return cast.firms[self.step.row]
        if capability == "report.review":
            return self.reviewer
        return cast.officer

    def actor(self, account: Account) -> Actor:
        """Who acts, at the moment of the step."""
        return Actor(account.id, HOME, self.step.at)

    @property
    def reviewer(self) -> Account:
        """Who reviews this diagnosis."""
        reviewers = self.stage.cast.reviewers
        return reviewers[self.step.row % len(reviewers)]

    @property
    def team(self) -> tuple[Account, ...]:
        """The consultants of the house that holds this diagnosis, the lead first."""
        return self.stage.cast.consultants[self.diagnosis.provider_id or 0]

    def pick(self, *path: str) -> Any:
        """One of the invented words of a list, the same for a firm each time."""
        found: Any = self.stage.said
        for name in path:
            found = found[name]
        return found[self.step.row % len(found)]
