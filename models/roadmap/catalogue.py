"""The catalogue of retrofit projects: what each is, needs, raises and costs, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from questionnaires.text import Text

# How sure a project's figures are: our own estimate, or a vendor's or otherwise weak source.
Confidence = Literal["estimate", "low"]
# Firm sizes that have a cost, in the order of `models.firms.SIZES`; micro firms take the small one.
SIZE_KEYS = ("small", "small", "medium", "large")
# Sizes of firms as policies name them, in the order of `models.firms.SIZES`.
FIRM_SIZES = ("micro", "small", "medium", "large")


@dataclass(frozen=True, slots=True)
class PerPiece:
    """A cost by the piece: pieces to add are `share` of the count `of` less the count `less`.

    Where a count is not answered, `otherwise` pieces are assumed. `low` and `high` 万元 a piece.
    """

    of: str
    less: str
    share: float
    low: float
    high: float
    otherwise: float


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost range in 万元 (参考估算), without running cost; `yearly` returns every year."""

    low: float
    high: float
    yearly: bool = False
    each: PerPiece | None = None

    @property
    def middle(self) -> float:
        """The figure a plan reckons with, before any cost by the piece."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Needs:
    """A hard prerequisite: at least `least` of the projects `of`, in place or done before."""

    of: tuple[str, ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Effect:
    """What a project raises: a single choice from one of `origins` up to `to`, or options `add`ed.

    `together` are projects that must be in place as well, in whatever order they come.
    """

    question: str
    origins: tuple[str, ...] = ()
    to: str = ""
    add: tuple[str, ...] = ()
    together: tuple[str, ...] = ()


@dataclass(frozen=True)
class Project:
    """One project type, with everything its card in a report says.

    `ready` are preconditions a person must see to; `needs` hard prerequisites; `better_after`
    projects that help but are not required. `in_place`: alternatives, each question → options
    that together show that the firm has it (a single choice counts from that step up); where
    there is none, the project is in place when nothing is left to raise. `months` (least, most)
    to first acceptance. `suits` "process" limits it to process industries. `compliance` projects
    have no payback; `on_request` ones are never planned by themselves, since no answer shows their
    need. `sources` are ids of `Catalogue.sources`.
    """

    id: str
    name: Text
    what: Text
    modules: tuple[Text, ...]
    effects: tuple[Effect, ...]
    costs: Mapping[str, Cost]
    months: tuple[float, float]
    benefits: tuple[Text, ...]
    risks: tuple[Text, ...]
    basis: Text
    confidence: Confidence
    ready: tuple[Text, ...] = ()
    needs: tuple[Needs, ...] = ()
    better_after: tuple[str, ...] = ()
    eases: tuple[str, ...] = ()
    in_place: tuple[Mapping[str, tuple[str, ...]], ...] = ()
    suits: str = ""
    cost_note: Text | None = None
    sources: tuple[str, ...] = ()
    compliance: bool = False
    on_request: bool = False

    def cost(self, size: int) -> Cost | None:
        """The cost for a firm of `size` (index of `models.firms.SIZES`, -1 unknown: as small).

        None where the project is not offered at that size.
        """
        return self.costs.get(SIZE_KEYS[max(size, 0)])

    @property
    def duration(self) -> float:
        """Months to first acceptance that a plan reckons with."""
        return sum(self.months) / 2


@dataclass(frozen=True, slots=True)
class Rate:
    """What a policy pays on reaching `level`: a share of what counts, at most `cap` 万元."""

    level: int
    rate: float
    cap: float


@dataclass(frozen=True, slots=True)
class Policy:
    """A dated policy that may pay for projects.

    `part` are those of which only a part counts; a plan reckons with `part_share` of their cost,
    which is an estimate. `sizes` are the firms that may apply (() all), `rates` what it pays by
    the level that is reached, from low to high (() not known as figures).
    """

    id: str
    title: Text
    region: Text
    year: int
    published: str
    terms: Text
    source: Text
    inferred: bool
    projects: tuple[str, ...]
    part: tuple[str, ...]
    part_share: float = 0.5
    sizes: tuple[str, ...] = ()
    rates: tuple[Rate, ...] = ()

    def covers(self, project_id: str) -> Literal["yes", "part", "no"]:
        """Whether the project counts, as far as the policy's wording tells."""
        if project_id in self.part:
            return "part"
        return "yes" if project_id in self.projects else "no"


@dataclass(frozen=True)
class Catalogue:
    """A published catalogue version; `catalogue["P06"]` is a project.

    `note` must stand wherever a cost is shown, `policy_notice` wherever a policy is.
    """

    id: str
    version: str
    questionnaire: str
    note: Text
    projects: tuple[Project, ...]
    sources: Mapping[str, Text]
    policies: tuple[Policy, ...]
    policy_notice: Text
    hash: str

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Project id → its position in `projects`."""
        return MappingProxyType({project.id: at for at, project in enumerate(self.projects)})

    def __getitem__(self, project_id: str) -> Project:
        return self.projects[self.index[project_id]]

    def __len__(self) -> int:
        return len(self.projects)
