"""The one value that holds a whole report, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.text import Text
from reports.dossier.model.appendices import AnswerSection, Estimates, Method
from reports.dossier.model.findings import Gaps, Peers, Problems, Result
from reports.dossier.model.front import Basis, Cover, Profile, Summary
from reports.dossier.model.plans import Actions, Investment, Plan
from reports.dossier.model.visit import VisitPart


@dataclass(frozen=True, slots=True)
class Dossier:
    """A whole one-to-one report as plain values, in the order it is printed.

    Every word that depends on the firm is a `Text` here, in both languages; a renderer chooses
    `text.to(language)`, sets numbers and adds nothing of its own. Fixed headings and column heads
    are `reports.phrases.load_phrases("headings")`. Texts may hold what a firm typed: they are
    plain text, never markup. A section that has nothing to list still has its leading sentences,
    so no section is ever empty. `visit` is what a diagnosis on site adds; None for a
    self-assessment.
    """

    cover: Cover
    summary: Summary
    profile: Profile
    basis: Basis
    result: Result
    peers: Peers
    gaps: Gaps
    problems: Problems
    plan: Plan
    investment: Investment
    actions: Actions
    answers: tuple[AnswerSection, ...]
    method: Method
    estimates: Estimates
    notice: tuple[Text, ...]
    visit: VisitPart | None = None
