"""What a paper holds, as plain values. Blank fields print as room to write in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody at the visit; `side` is “firm” or “provider”."""

    side: str
    name: str
    department: str
    post: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cells of a list: who and what was said, a workshop and what was seen, a document."""

    first: str
    second: str | Text


@dataclass(frozen=True, slots=True)
class Checked:
    """One question of the agenda: its number and words, why it is asked, the proof, the answer.

    `holds` is None until it is verified, then whether the answer holds as stated.
    """

    number: int
    label: Text
    why: tuple[Text, ...]
    proof: Text
    own: Text
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer that was found different: the firm's own, the verified one, why."""

    number: int
    label: Text
    own: Text
    verified: Text
    why: str


@dataclass(frozen=True)
class Record:
    """The record of one visit (入企诊断记录表). `began` and `ended` as the paper says them."""

    number: str
    firm: str
    uscc: str
    provider: str
    dated: date
    day: str
    began: str
    ended: str
    place: str
    photos_allowed: bool | None
    people: tuple[Present, ...]
    opening: str
    interviews: tuple[Pair, ...]
    workshops: tuple[Pair, ...]
    documents: tuple[Pair, ...]
    agenda: tuple[Checked, ...]
    differences: tuple[Difference, ...]
    wishes: str
    limits: str
    closing: str
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """The promise of confidentiality (保密承诺书) of a provider towards a firm."""

    number: str
    firm: str
    uscc: str
    provider: str
    lead: str
    dated: date
    fictional: bool = False
