"""The project catalogue and the policies from their files, read once and never changed."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from models.roadmap.catalogue import Catalogue
from models.roadmap.linting import FOLDER, parse_file
from models.roadmap.policies import parse_policies
from questionnaires.linting import Finding


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
    dated, faults = parse_policies(policies, {project.id for project, _ in draft.projects})
    if dated is None:
        raise CatalogueInvalid(faults)
    content = b"".join(path.read_bytes().replace(b"\r\n", b"\n") for path in (projects, policies))
    return Catalogue(
        id=draft.id,
        version=draft.version,
        questionnaire=draft.questionnaire,
        note=draft.note,
        projects=tuple(project for project, _ in draft.projects),
        sources=draft.sources,
        policies=dated[1],
        policy_notice=dated[0],
        hash=hashlib.sha256(content).hexdigest(),
    )
