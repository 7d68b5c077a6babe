"""By which criteria benchmark projects are chosen: data that a bureau may replace."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from questionnaires.text import Text

OWN = "benchmarks.yaml"
FULL = 100
SHIPPED = Path(__file__).with_name("rules.yaml")


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid")

    zh: str
    en: str


class _Criterion(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: _Said
    hint: _Said
    points: float = Field(gt=0, le=FULL)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    criteria: dict[str, _Criterion] = Field(min_length=1)
    least: float = Field(ge=0, le=FULL)
    notice_days: int = Field(ge=1, le=60)
    review_months: int = Field(ge=1, le=120)

    @model_validator(mode="after")
    def _sums_up(self) -> _File:
        total = sum(each.points for each in self.criteria.values())
        if abs(total - FULL) > 1e-9:  # noqa: PLR2004  # rounding of sums
            raise ValueError(f"the points of all criteria are {total:g}, not {FULL}")
        return self


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is looked at, and how many points it may give."""

    id: str
    title: Text
    hint: Text
    points: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The criteria, and what follows: least points, days of notice, months until the next look.

    `fault` says why the bureau's own file was not used.
    """

    criteria: tuple[Criterion, ...]
    least: float
    notice_days: int
    review_months: int
    fault: str = ""

    def total(self, marks: dict[str, float]) -> float:
        """The points of one reviewer."""
        return sum(marks.get(criterion.id, 0.0) for criterion in self.criteria)


def read_rules(instance: Path) -> Rules:
    """The bureau's own rules where its file holds, otherwise those that are shipped."""
    path = instance / OWN
    if not path.is_file():
        return _shipped()
    try:
        return _rules(path)
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as wrong:
        return replace(_shipped(), fault=str(wrong))


@cache
def _shipped() -> Rules:
    return _rules(SHIPPED)


def _rules(path: Path) -> Rules:
    file = _File.model_validate(yaml.safe_load(path.read_text("utf-8")))
    criteria = tuple(
        Criterion(
            id_,
            Text(each.title.zh, each.title.en),
            Text(each.hint.zh, each.hint.en),
            each.points,
        )
        for id_, each in file.criteria.items()
    )
    return Rules(criteria, file.least, file.notice_days, file.review_months)
