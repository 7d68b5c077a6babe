"""The rules of the treatment table, read from `treatment.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from diagnose.records.roster import Ground, Listing


class Rule(StrEnum):
    """What becomes of a firm on the frozen list."""

    IN = "in"
    OUT = "out"
    OUT_UNLESS_DONE = "out_unless_done"


@dataclass(frozen=True, slots=True)
class Treatment:
    """The rules: of firms that went, of exempt ones by ground; and the thresholds, per cent."""

    gone: Mapping[Listing, Rule]
    exempt: Mapping[Ground, Rule]
    keep_expired: bool
    grace_months: int
    months_without_campaign: int
    transformed_level: int
    exclusions: float
    pace_days: int


def read_treatment(path: Path) -> Treatment:
    """The rules that a file holds."""
    held: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    assessed = held["assessed"]
    listings = (Listing.BELOW, Listing.CLOSED, Listing.MOVED_OUT, Listing.NOT_INDUSTRIAL)
    gone = {listing: Rule(assessed[listing.name.lower()]) for listing in listings}
    # A successor or children that are not known here leave the firm as one that closed.
    gone |= {Listing.MERGED: gone[Listing.CLOSED], Listing.SPLIT: gone[Listing.CLOSED]}
    return Treatment(
        gone=MappingProxyType(gone),
        exempt=MappingProxyType(
            {Ground[name.upper()]: Rule(rule) for name, rule in assessed["exempt"].items()}
        ),
        keep_expired=bool(assessed["keep_expired"]),
        grace_months=int(held["newcomers"]["grace_months"]),
        months_without_campaign=int(held["newcomers"]["months_without_campaign"]),
        transformed_level=int(held["transformed"]["level"]),
        exclusions=float(held["warnings"]["exclusions"]),
        pace_days=int(held["forecast"]["days"]),
    )


TREATMENT = read_treatment(Path(__file__).with_name("treatment.yaml"))
