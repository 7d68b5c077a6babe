"""What is asked of a grant plan, as it is kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from models.roadmap import Policy
from models.roadmap.catalogue import Rate
from questionnaires.text import Text


class Of(StrEnum):
    """What firms are grouped by."""

    INDUSTRY = "industry"
    STREET = "street"
    SIZE = "size"
    SPECIALISED = "specialised"


SMALL = "small"


@dataclass(frozen=True, slots=True)
class Share:
    """A group of firms with the least and the most that it gets; 万元, None: no rule."""

    of: Of
    key: str
    floor: float | None = None
    cap: float | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """A budget (万元) on a day, the policy as it then stood, and how it may be spread.

    `limit` is the most that one firm gets beside the policy's own cap (None: no more than that).
    `years` is how many years' budgets a firm can put in itself, 0 for no limit. `roadmaps` says
    whether firms without a report take part with what the system would plan for them.
    """

    budget: float
    day: date
    policy: Policy
    limit: float | None = None
    years: int = 1
    roadmaps: bool = True
    shares: tuple[Share, ...] = ()

    def kept(self) -> dict[str, Any]:
        """The terms as plain JSON."""
        held = asdict(self)
        return held | {
            "day": self.day.isoformat(),
            "shares": [asdict(share) | {"of": share.of.value} for share in self.shares],
        }

    @classmethod
    def read(cls, held: Mapping[str, Any]) -> Terms:
        """The terms that were kept."""
        return cls(
            **dict(held)
            | {
                "day": date.fromisoformat(held["day"]),
                "policy": _policy(held["policy"]),
                "shares": tuple(
                    Share(**share | {"of": Of(share["of"])}) for share in held["shares"]
                ),
            }
        )


def _policy(held: Mapping[str, Any]) -> Policy:
    texts = {name: Text(**held[name]) for name in ("title", "region", "terms", "source")}
    lists = {name: tuple(held[name]) for name in ("projects", "part", "sizes")}
    rates = tuple(Rate(**rate) for rate in held["rates"])
    return Policy(**dict(held) | texts | lists | {"rates": rates})
