"""What a project of the plan says, in both languages where its catalogue's words still stand."""

from __future__ import annotations

from dataclasses import dataclass

from diagnose.records import Project
from models.roadmap import Catalogue
from questionnaires.text import Text
from reports.dossier.plan import as_known, usual_acceptance


@dataclass(frozen=True, slots=True)
class Worded:
    """Name, content and what shows that it is done; what consultants typed is as they typed it."""

    name: Text
    content: Text
    acceptance: tuple[Text, ...]


def worded(project: Project, catalogue: Catalogue) -> Worded:
    """The texts of `project`, recognised by its type in the catalogue."""
    known = catalogue[project.type] if project.type in catalogue.index else None
    usual = usual_acceptance(project.type)
    return Worded(
        name=as_known(project.name, (known.name,) if known else ()),
        content=as_known(project.content, (known.what,) if known else ()),
        acceptance=tuple(as_known(line, usual) for line in project.acceptance.splitlines()),
    )
