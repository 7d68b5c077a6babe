"""The policies a bureau may plan by: those that are shipped, and its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.roadmap import Policy, load_catalogue
from models.roadmap.policies import parse_policies
from questionnaires.linting import Finding
from questionnaires.text import Text

OWN = "policies.yaml"


@dataclass(frozen=True, slots=True)
class Policies:
    """Policies that pay by known rates, by id; what is wrong with the bureau's own file."""

    known: dict[str, Policy]
    notice: Text
    faults: tuple[Finding, ...]


def read_policies(instance: Path) -> Policies:
    """The shipped policies, then those of `instance/policies.yaml`, which replace their like."""
    catalogue = load_catalogue()
    held, faults = list(catalogue.policies), tuple[Finding, ...]()
    path = instance / OWN
    if path.is_file():
        own, found = parse_policies(path, catalogue.index)
        held += own[1] if own else ()
        faults = tuple(found)
    known = {policy.id: policy for policy in held if policy.rates}
    return Policies(known, catalogue.policy_notice, faults)


def in_force(policy: Policy, day: date) -> bool:
    """Whether a day lies in the year that the policy settles, and after it was published."""
    return policy.year == day.year and date.fromisoformat(policy.published) <= day
