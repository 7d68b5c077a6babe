"""Firm size, above-scale status and industry, by the official rules, for many firms at once.

Sizes follow the statistical classes for industry, sections B to D (国家统计局
《统计上大中小微型企业划分办法(2017)》); above scale is a yearly revenue of 20 million yuan or
more, in force since 2011; industries are those of GB/T 4754-2017.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from questionnaires.sheets import Firms
from questionnaires.text import Text

SIZES: tuple[Text, ...] = (
    Text("微型", "Micro"),
    Text("小型", "Small"),
    Text("中型", "Medium"),
    Text("大型", "Large"),
)
UNKNOWN_SIZE = Text("规模未知", "Size unknown")

# Least employees and least revenue (万元 a year) of small, medium and large firms.
SIZE_BOUNDS = ((20, 300), (300, 2_000), (1_000, 40_000))
_ABOVE_SCALE = 2_000
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class FirmProfiles:
    """What n firms are by the official rules.

    `size` (n,) index into `SIZES`, -1 unknown; `above_scale` (n,) 1 yes, 0 no, -1 unknown;
    `division` (n,) two-digit code of GB/T 4754 in sections B to D, '' unknown or elsewhere.
    """

    size: NDArray[np.int8]
    above_scale: NDArray[np.int8]
    division: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.size)

    def take(self, rows: NDArray[Any] | list[int]) -> FirmProfiles:
        """The profiles at `rows`."""
        return FirmProfiles(self.size[rows], self.above_scale[rows], self.division[rows])


def profile_firms(firms: Firms) -> FirmProfiles:
    """Size, above-scale status and division of every firm."""
    division = _divisions(firms.industry)
    return FirmProfiles(
        size=size_classes(firms.employees, firms.revenue),
        above_scale=_above_scale(firms, division != ""),
        division=division,
    )


def size_classes(employees: NDArray[np.float64], revenue: NDArray[np.float64]) -> NDArray[np.int8]:
    """(n,) index into `SIZES`, -1 where the known figures leave it open.

    A class takes both of its bounds; a firm that misses one drops a class. `revenue` in 万元.
    """
    at_least = np.zeros(len(employees), np.int8)
    at_most = np.zeros(len(employees), np.int8)
    for persons, yuan in SIZE_BOUNDS:
        at_least += (employees >= persons) & (revenue >= yuan)
        at_most += ~(employees < persons) & ~(revenue < yuan)
    return np.where(at_least == at_most, at_least, np.int8(-1))


def industry_name(code: str) -> Text:
    """The name of a GB/T 4754 code of 2 to 4 digits.

    English names reach down to divisions; deeper codes take their division's. A code outside
    sections B to D stands for itself.
    """
    if not code:
        return Text("行业未填", "Industry not given")
    chinese = _chinese_names()
    known = next((code[:end] for end in (4, 3, 2) if code[:end] in chinese), None)
    if known is None:
        return Text(code, code)
    return Text(chinese[known], division_names()[code[:2]].en)


def industry_codes() -> tuple[str, ...]:
    """All codes of sections B to D, 2 to 4 digits, in the order of GB/T 4754."""
    return tuple(_chinese_names())


@cache
def division_names() -> Mapping[str, Text]:
    """The 41 divisions of sections B, C and D: two-digit code → name."""
    english = yaml.safe_load((_DATA / "divisions.en.yaml").read_text("utf-8"))
    chinese = _chinese_names()
    return MappingProxyType({code: Text(chinese[code], name) for code, name in english.items()})


@cache
def _chinese_names() -> Mapping[str, str]:
    with (_DATA / "gbt4754-2017-industry.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file) if row["code"]}


def _divisions(codes: NDArray[np.object_]) -> NDArray[np.object_]:
    own = {code: code for code in division_names()}
    return np.array([own.get(code[:2], "") for code in codes], object)


def _above_scale(firms: Firms, industrial: NDArray[np.bool_]) -> NDArray[np.int8]:
    status = np.where(firms.revenue >= _ABOVE_SCALE, np.int8(1), np.int8(0))
    status[~industrial] = 0
    unclear = (firms.industry == "") & ~(firms.revenue < _ABOVE_SCALE)
    unclear |= industrial & np.isnan(firms.revenue)
    status[unclear] = -1
    return status
