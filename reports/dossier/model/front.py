"""The opening of a report: cover, one-page summary, firm profile, how the diagnosis was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a two-column table; `note` is a short remark in small print under the value."""

    label: Text
    value: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page.

    `title` the kind of report, `standard` by what it was judged, `firm` the name as the firm
    typed it (escape it), `number` a stable report number for the file's metadata and footer,
    `basis` one line on what the diagnosis rests on (self-assessment), `handling` who may read it.
    `stamp` is set on fictional or draft reports and must be seen on every page. `facts` are
    printed beside the others; `code` is what the QR code holds ('' none).
    """

    title: Text
    standard: Text
    firm: str
    uscc: str
    region: str
    date: date
    number: str
    basis: Text
    handling: Text
    stamp: Text | None = None
    facts: tuple[Fact, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure set large: `value` as printed ("63.5 / 100"), `label` above, `note` below."""

    label: Text
    value: Text
    note: Text


@dataclass(frozen=True, slots=True)
class Headline:
    """A problem or project in one line of the summary; `ref` is its id further on, `note` grey."""

    ref: str
    title: Text
    text: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The report on one page.

    `headline` the one sentence to remember; `figures` four key figures; `standing` and `next`
    paragraphs on the level now and on what the next one takes; `problems` at most three;
    `projects` at most three; `money` the range in a sentence; `ninety` what to do in 90 days,
    at most four lines; `caution` what the reader must know before relying on it. Where a list is
    empty, the sentence in `no_problems` or `no_projects` stands in its place.
    """

    headline: Text
    figures: tuple[KeyFigure, ...]
    standing: Text
    next: Text
    problems: tuple[Headline, ...]
    no_problems: Text | None
    projects: tuple[Headline, ...]
    no_projects: Text | None
    money: Text
    ninety: tuple[Text, ...]
    caution: Text


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the firm is, as it stated itself: `facts` rows of a table, `remarks` paragraphs below."""

    lead: Text
    facts: tuple[Fact, ...]
    remarks: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class QualityFlag:
    """A kind word on answers worth a second look; `id` is the flag of `models.peers.Quality`."""

    id: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Basis:
    """How the diagnosis was made.

    `lead` paragraphs; `answered` of `of` judged questions; `steps` what was done, in order;
    `flags` answers worth a second look (`flags_text` leads them or says there are none);
    `limits` what the report cannot say; `versions` ids, versions and content hashes (monospace).
    """

    lead: tuple[Text, ...]
    answered: int
    of: int
    steps: tuple[Text, ...]
    flags_text: Text
    flags: tuple[QualityFlag, ...]
    limits: tuple[Text, ...]
    versions: tuple[Fact, ...]
