"""Draws up what to check on site: contradictions, careless runs, claims without proof, a sample.

Boasting cannot be seen in the answers alone, so some high answers are drawn to be proven. The
draw hangs on the diagnosis's number alone: nobody can draw again, and proof handed in later
moves nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

import numpy as np

from models.peers import flag_quality
from models.scoring import Scorer
from models.scoring.results import Traits
from questionnaires.model import Questionnaire
from questionnaires.sheets import Sheets
from questionnaires.text import Text

DRAWN = 8
UNPROVEN = 8
OF_A_RUN = 3  # first, middle and last answer of a run stand for it
HIGH = 0.75  # of what the question can give

CONTRADICTS = Text(
    "填写的数量与所选区间不一致，或者部分大于总数；计分时以数量为准。",
    "The counts contradict the chosen band, or a part is larger than its whole; the counts decide "
    "the points.",
)
RUN = Text(
    "答卷中连续 {count} 道计分题选了同一档，可能没有逐题阅读。",
    "{count} judged questions in a row were answered alike; they may not have been read one by "
    "one.",
)
CLAIMED = Text(
    "自评达到该题最高值的 {percent}%，提交时没有附证据。",
    "The self-assessment claims {percent} % of the most this question can give, without evidence "
    "at submission.",
)
BY_LOT = Text(
    "随机抽查：按诊断编号从自评较高的题目中抽取，不能重抽。",
    "Drawn at random from the high answers by the diagnosis's number; it cannot be drawn again.",
)
SHOW_IT = Text("请当场演示，或出示相应记录。", "Ask to be shown it at work, or its records.")


class Ground(StrEnum):
    """Why a question is on the agenda, the gravest first."""

    CONTRADICTION = "contradiction"
    CARELESS = "careless"
    UNPROVEN = "unproven"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground, in words."""

    ground: Ground
    text: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One question to check: every reason for it, and the proof to ask for."""

    question: str
    reasons: tuple[Reason, ...]
    proof: Text


@dataclass(frozen=True, slots=True)
class Agenda:
    """What to check on site, in order, each question once."""

    entries: tuple[Entry, ...]

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions in their order."""
        return tuple(entry.question for entry in self.entries)

    def open(self, verified: Collection[str]) -> tuple[Entry, ...]:
        """The entries that nobody has verified yet."""
        return tuple(entry for entry in self.entries if entry.question not in verified)


def draw_up(scorer: Scorer, sheets: Sheets, evidenced: Collection[str], seed: str) -> Agenda:
    """The agenda for a sheet of one row.

    `evidenced` are the questions proven when the sheet was handed in, `seed` decides the draw.
    """
    traits = scorer.traits(sheets)
    conflicts = [question for question, there in scorer.conflicts(sheets).items() if there[0]]
    found: dict[str, list[Reason]] = {}
    for question in sorted(conflicts, key=sheets.questionnaire.index.__getitem__):
        found.setdefault(question, []).append(Reason(Ground.CONTRADICTION, CONTRADICTS))
    for question, reason in (
        *_careless(traits),
        *_unproven(traits, evidenced),
        *_drawn(traits, seed),
    ):
        found.setdefault(question, []).append(reason)
    return Agenda(
        tuple(
            Entry(question, tuple(reasons), _proof(sheets.questionnaire, question))
            for question, reasons in found.items()
        )
    )


def _careless(traits: Traits) -> Iterator[tuple[str, Reason]]:
    if not flag_quality(traits).longest_run[0]:
        return
    run = _longest_run(traits)
    reason = Reason(Ground.CARELESS, RUN.format(count=len(run)))
    for at in np.linspace(0, len(run) - 1, OF_A_RUN).astype(int):
        yield run[at], reason


def _longest_run(traits: Traits) -> list[str]:
    """The longest run of equal answers, open ones left out."""
    best: list[str] = []
    run: list[str] = []
    before = np.nan
    for question, answer in zip(traits.item_ids, traits.items[0], strict=True):
        if np.isnan(answer):
            continue
        run = [*run, question] if answer == before else [question]
        before = answer
        best = max(best, run, key=len)
    return best


def _unproven(traits: Traits, evidenced: Collection[str]) -> Iterator[tuple[str, Reason]]:
    claims = [(question, share) for question, share in _high(traits) if question not in evidenced]
    for question, share in sorted(claims, key=lambda claim: -claim[1])[:UNPROVEN]:
        yield question, Reason(Ground.UNPROVEN, CLAIMED.format(percent=int(share * 100)))


def _drawn(traits: Traits, seed: str) -> Iterator[tuple[str, Reason]]:
    claims = [question for question, _share in _high(traits)]
    lots = sorted(claims, key=lambda question: sha256(f"{seed} {question}".encode()).digest())
    for question in sorted(lots[:DRAWN], key=claims.index):
        yield question, Reason(Ground.DRAWN, BY_LOT)


def _high(traits: Traits) -> list[tuple[str, float]]:
    """The judged questions with a high answer and how high it is; an open answer is not."""
    shares = zip(traits.item_ids, traits.items[0].tolist(), strict=True)
    return [(question, share) for question, share in shares if share >= HIGH]


def _proof(questionnaire: Questionnaire, question: str) -> Text:
    return questionnaire[question].evidence or SHOW_IT
