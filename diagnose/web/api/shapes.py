"""What the API takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from diagnose.records import FirmFacts

Row = TypeVar("Row", bound=BaseModel)
MOST = 200
PARTS = ("street", "park", "industry", "size", "provider", "honour", "chain", "region", "division")


class Asked(BaseModel):
    """What a caller sends; an item nobody knows is refused."""

    model_config = ConfigDict(extra="forbid")


class PageQuery(Asked):
    """Which page of a list."""

    page: int = Field(default=1, ge=1, le=1_000_000)
    size: int = Field(default=50, ge=1, le=MOST)


class Page(BaseModel, Generic[Row]):
    """One page of a list; `next` is the address of the page after it."""

    items: list[Row]
    count: int
    page: int
    pages: int
    next: str | None


class RosterQuery(PageQuery):
    """Which firms: `q` is a part of the name or the code."""

    q: str = Field(default="", max_length=200)
    region: str = Field(default="", max_length=100)
    industry: str = Field(default="", max_length=4)
    on_roster: bool | None = None
    state: str = Field(default="", max_length=30)


class FirmRow(BaseModel):
    """A firm of the district and how its diagnosis stands; `version` changes with its facts."""

    uscc: str
    name: str
    industry: str
    region: str
    employees: int | None
    revenue: float | None = Field(description="CNY 10,000 a year")
    on_roster: bool
    state: str
    covered: bool
    version: str


class FirmPut(Asked, FirmFacts):  # type: ignore[misc]  # SQLModel types its settings otherwise
    """A firm's facts; `version` as last read, so that nobody's change is overwritten."""

    on_roster: bool = True
    version: str | None = None


class ResultRow(BaseModel):
    """What an accepted diagnosis found: the verified score and level of one firm."""

    uscc: str
    number: str
    standard: str
    standard_version: str
    score: float | None
    level: int | None
    accepted_on: date
    valid_until: date | None


class OwnResult(BaseModel):
    """What one standard found about a submitted sheet, by the firm's own or verified answers."""

    assessment: int
    submitted_at: datetime
    basis: str
    standard: str
    standard_version: str
    score: float
    level: int
    answered: int
    of: int
    could_add: float


class CoverageQuery(Asked):
    """Of which day (today where it is not said), by which parts (all), beside which campaign."""

    on: date | None = None
    by: Literal["", *PARTS] = ""  # type: ignore[valid-type]  # the names are listed once
    campaign: str = Field(default="", max_length=100)


class TallyRow(BaseModel):
    """A part of the district: firms listed, exempt, due, covered, and self-assessed lately."""

    key: str
    listed: int
    excluded: int
    due: int
    covered: int
    share: float | None = Field(description="covered, per cent of those due")
    assessed: int


class FrozenRow(BaseModel):
    """The assessed figure: of a list of `listed` firms, `firms` stand for it by now."""

    list_version: str
    listed: int
    firms: int
    out: int
    due: int
    done: int
    share: float | None = Field(description="done, per cent of those due")


class CoverageReply(BaseModel):
    """Coverage of the district on a day: dynamic in all and by parts, ever, and of a campaign."""

    district: str
    day: date
    total: TallyRow
    by: dict[str, list[TallyRow]]
    ever: int = Field(description="firms diagnosed so far, those that left included")
    newcomers: int = Field(description="entered lately and waiting for a diagnosis")
    late: int = Field(description="of these beyond their months of grace")
    grounds: dict[str, int] = Field(description="exempt firms by ground")
    states: dict[str, int] = Field(description="firms on the roster by state of the diagnosis")
    assessed: FrozenRow | None = None


class ReportRow(BaseModel):
    """A version of a report; `files` are the addresses of its editions that may be fetched."""

    id: int
    uscc: str
    number: str
    version: int
    dated: date
    standard: str
    level: int | None
    code: str
    files: dict[str, str]


class SheetPut(Asked):
    """An answer sheet, as in files of answer sheets; `edition` as last read, 0 for a new one."""

    firm: dict[str, Any] = Field(default_factory=dict)
    answers: dict[str, Any] = Field(min_length=1)
    edition: Annotated[int, Field(ge=0)] = 0


class SheetReply(BaseModel):
    """The sheet that is being filled in: what it holds, and how far it is."""

    assessment: int
    edition: int
    questionnaire: str
    version: str
    firm: dict[str, Any]
    answers: dict[str, Any]
    settled: int
    of: int
    missing: list[str]
