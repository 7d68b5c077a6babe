"""What was found: result, peers, gaps to the next level, problems."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One row of the level ladder, 1 upwards: what it takes, and what the firm has for it."""

    number: int
    name: Text
    score_needed: float
    scenes_needed: int
    binding_needed: int
    scenes: int
    binding: int
    score_met: bool
    scenes_met: bool
    binding_met: bool
    reached: bool


@dataclass(frozen=True, slots=True)
class PartResult:
    """Points of one part (维度): `points` of `full`, told in `text` (numerator, denominator)."""

    id: str
    title: Text
    points: float
    full: float
    text: Text


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of the radar: fractions 0…1; `own` None where nothing is answered.

    `peers` is the mean of the peer group (or of the nearest peers), None where there is none.
    """

    id: str
    title: Text
    own: float | None
    peers: float | None


@dataclass(frozen=True, slots=True)
class SceneCell:
    """One row of the scene heat map: `level` 0…4, None where not answered (`state` says why).

    `binding` rows carry the ★. `meaning` is what the chosen level says, in the option's words.
    """

    question: str
    title: Text
    chain: Text
    binding: bool
    level: int | None
    state: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Points of one scored question: `points` of `full`, and the answer they rest on."""

    question: str
    part: Text
    title: Text
    points: float
    full: float
    answer: Text


@dataclass(frozen=True, slots=True)
class Result:
    """Level and points.

    `lead` paragraphs; `score` of `full`; `level` 0 = none; `ladder` the four levels; `parts`,
    `axes` (radar), `scenes` (heat map, in the standard's order, grouped by `chain`), `items`.
    `scenes_note` and `items_note` are the sentences under the heat map and the item table.
    """

    lead: tuple[Text, ...]
    score: float
    full: float
    level: int
    level_name: Text
    could_add: float
    ladder: tuple[LevelRow, ...]
    parts: tuple[PartResult, ...]
    axes: tuple[Axis, ...]
    axes_peers: Text | None
    scenes: tuple[SceneCell, ...]
    scenes_note: Text
    items: tuple[ItemRow, ...]
    items_note: Text


@dataclass(frozen=True, slots=True)
class RankRow:
    """Place of one measure among the peers: `rank` percentile 0…100 in steps of 5 or None.

    `median` of the circle, None where the circle is too small to publish one.
    """

    id: str
    title: Text
    points: float
    full: float
    rank: float | None
    median: float | None


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """Why the firm belongs to its group rather than to the runner-up, told in `text`.

    `weight` is the exact linear term: above 0 speaks for the group, below 0 for the runner-up.
    """

    title: Text
    weight: float
    text: Text


@dataclass(frozen=True, slots=True)
class Peers:
    """The firm among its peers.

    `lead` paragraphs that always read whole; `group` its name or None (no groups, not placed);
    `second` the runner-up where the firm lies between two. `circle` names the circle the ranks
    come from, `others` how many other firms it holds; both empty where suppressed (`ranks` is
    then () and `lead` says so). `reasons` at most five. `note` how to read the ranks.
    """

    lead: tuple[Text, ...]
    group: Text | None
    second: Text | None
    reasons: tuple[ReasonRow, ...]
    circle: Text | None
    others: int
    ranks: tuple[RankRow, ...]
    note: Text


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One condition of the next level: what the firm has, what is required, told in `text`."""

    kind: str
    title: Text
    have: float
    required: float
    short: float
    text: Text


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step of a way: a question raised `before` → `after`; `gain` its points (scene: 0)."""

    question: str
    title: Text
    before: Text
    after: Text
    gain: float


@dataclass(frozen=True, slots=True)
class Way:
    """One set of steps that reaches the next level."""

    title: Text
    steps: tuple[WayStep, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """What stands between the firm and the next level; `target` None at the top level."""

    lead: tuple[Text, ...]
    target: int | None
    target_name: Text | None
    needs: tuple[NeedRow, ...]
    ways: tuple[Way, ...]
    ways_note: Text | None


@dataclass(frozen=True, slots=True)
class ProjectRef:
    """A project that answers a problem; `year` of the plan, None where it is not in the plan."""

    id: str
    name: Text
    year: int | None


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem, bound to its evidence.

    `number` 1… in order of weight; `kind` "scene" or "item"; `questions` the ids it rests on,
    `evidence` the same in words ("第 17 题 …" as quoted); `fact` what was answered; `why` it
    matters; `next_step` what the next rung takes; `projects` what answers it (may be empty:
    then `answer` says what to do instead). `blocking` true where it holds the next level back.
    `level` of a scene 0…4; `tag` a short label ("★ 约束性场景 · 0 级").
    """

    number: int
    kind: str
    questions: tuple[str, ...]
    title: Text
    tag: Text
    blocking: bool
    level: int | None
    fact: Text
    why: Text
    next_step: Text
    evidence: Text
    projects: tuple[ProjectRef, ...]
    answer: Text


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Problems of one kind under one heading, in order of weight; `text` leads them."""

    title: Text
    text: Text
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Problems:
    """All problems, as many as there are; with no group the `lead` says why there is none."""

    lead: tuple[Text, ...]
    groups: tuple[ProblemGroup, ...]
