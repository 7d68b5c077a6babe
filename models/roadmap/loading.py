"""The project catalogue and the policies from their files, read once and never changed."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from models.roadmap.catalogue import Catalogue, Policy
from models.roadmap.linting import parse_file
from questionnaires.linting import Finding
from questionnaires.text import Text

FOLDER = Path(__file__).parents[1] / "catalogue"


class CatalogueInvalid(Exception):
    """A catalogue file has faults; `findings` are the checker's, never empty."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(str(finding) for finding in self.findings))


@cache
def load_catalogue() -> Catalogue:
    """The catalogue that comes with the package."""
    return read_catalogue(FOLDER / "projects.yaml", FOLDER / "policies.yaml")


def read_catalogue(projects: Path, policies: Path) -> Catalogue:
    """The catalogue in two files; raises CatalogueInvalid with the checker's findings."""
    draft, findings = parse_file(projects)
    if draft is None:
        raise CatalogueInvalid(findings)
    rules = yaml.safe_load(policies.read_text("utf-8"))
    content = b"".join(path.read_bytes().replace(b"\r\n", b"\n") for path in (projects, policies))
    return Catalogue(
        id=draft.id,
        version=draft.version,
        questionnaire=draft.questionnaire,
        note=draft.note,
        projects=tuple(project for project, _ in draft.projects),
        sources=draft.sources,
        policies=tuple(_policy(entry) for entry in rules["policies"]),
        policy_notice=Text.of(rules["notice"]),
        hash=hashlib.sha256(content).hexdigest(),
    )


def _policy(entry: dict[str, Any]) -> Policy:
    return Policy(
        id=entry["id"],
        title=Text.of(entry["title"]),
        region=Text.of(entry["region"]),
        year=entry["year"],
        published=str(entry["published"]),
        terms=Text.of(entry["terms"]),
        source=Text.of(entry["source"]),
        inferred=entry["inferred"],
        projects=tuple(entry["projects"]),
        part=tuple(entry["part"]),
    )
