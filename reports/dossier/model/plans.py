"""What to do: roadmap, money, the first 90 days. Amounts are 万元 and 参考估算 (estimates)."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.text import Text

NO_TEXT = Text("", "")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the Gantt: `start` months from the plan's beginning, `months` its length."""

    project: str
    name: Text
    year: int
    start: float
    months: float
    cost: float


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """What must stand before a project; `state` says how it is met (had, planned, to check)."""

    name: Text
    state: Text
    met: bool


@dataclass(frozen=True, slots=True)
class RaiseRow:
    """What a project raises: a question from its answer `before` to `after`."""

    question: str
    title: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class Benefit:
    """A typical benefit and how far to trust it."""

    text: Text
    confidence: Text


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """One chosen project on one card.

    `why` the answers that led to it; `scope` its modules; costs 万元 low–mid–high for the firm's
    size, `running` a year after acceptance (None: not known); `months` as printed;
    `gain` points at its place in the plan; `raises` what changes; `acceptance` what would show
    that it is done; `basis` where cost and benefit come from; `because` the question ids;
    `cost_note` stands in small print under the cost and must be printed. `override` is why the
    consultants kept it though a prerequisite is missing ('' otherwise); it must be printed too.
    """

    id: str
    name: Text
    year: int
    summary: Text
    why: Text
    because: tuple[str, ...]
    scope: tuple[Text, ...]
    prerequisites: tuple[Prerequisite, ...]
    cost_low: float
    cost: float
    cost_high: float
    running: float | None
    months: Text
    gain: float
    raises: tuple[RaiseRow, ...]
    benefits: tuple[Benefit, ...]
    risk: Text
    acceptance: tuple[Text, ...]
    basis: Text
    cost_note: Text = NO_TEXT
    override: str = ""


@dataclass(frozen=True, slots=True)
class RivalRow:
    """A close project that was not chosen, and why it lost."""

    id: str
    name: Text
    cost: float
    gain: float
    reason: Text


@dataclass(frozen=True, slots=True)
class Plan:
    """The roadmap. With no cards, `lead` says why; `rivals_text` leads the rivals or is None.

    `years` how many years the Gantt spans (at least 1 where there are bars).
    """

    lead: tuple[Text, ...]
    years: int
    bars: tuple[Bar, ...]
    cards: tuple[ProjectCard, ...]
    rivals_text: Text | None
    rivals: tuple[RivalRow, ...]
    optimality: Text | None


@dataclass(frozen=True, slots=True)
class YearCost:
    """What falls due in one year of the plan, 万元.

    `low`, `mid`, `high` include `running`, the fees that return for projects of earlier years.
    `share` is mid ÷ revenue as a fraction, None without revenue; `verdict` says whether it keeps
    the rule (`within`).
    """

    year: int
    low: float
    mid: float
    high: float
    running: float
    budget: float | None
    share: float | None
    share_text: Text
    verdict: Text
    within: bool


@dataclass(frozen=True, slots=True)
class Investment:
    """Cost by year against revenue. `rule` and `warn` are fractions of yearly revenue."""

    lead: tuple[Text, ...]
    revenue: float | None
    rule: float
    warn: float
    years: tuple[YearCost, ...]
    low: float
    mid: float
    high: float
    running_text: Text | None
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """One action of the 90 days: `days` from–to, `owner` a post, `done_when` how to tell.

    `questions` and `project` say what it rests on (`project` '' where it serves none).
    """

    days: tuple[int, int]
    title: Text
    text: Text
    owner: Text
    done_when: Text
    questions: tuple[str, ...]
    project: str


@dataclass(frozen=True, slots=True)
class Actions:
    """The first 90 days, in order."""

    lead: Text
    actions: tuple[Action, ...]
