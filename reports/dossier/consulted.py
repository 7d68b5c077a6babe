"""The consultants' projects put among those of the catalogue, so that all sections know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from models.roadmap import Catalogue, Project
from questionnaires.text import Text
from reports.dossier.plan import as_known
from reports.dossier.visited import Consulted
from reports.phrases import Phrasebook

say = Phrasebook("visit")


def with_consulted(catalogue: Catalogue, projects: Mapping[str, Consulted]) -> Catalogue:
    """The catalogue with each project worded as the consultants keep it; own ones are added.

    A project's key is its catalogue id, or another for one of its own or a second of its type.
    """
    worded = {id_: _worded(id_, own, _kin(catalogue, own)) for id_, own in projects.items()}
    known = tuple(worded.pop(project.id, project) for project in catalogue.projects)
    return replace(catalogue, projects=(*known, *worded.values()))


def _kin(catalogue: Catalogue, own: Consulted) -> Project | None:
    return catalogue[own.type] if own.type in catalogue.index else None


def _worded(id_: str, own: Consulted, kin: Project | None) -> Project:
    if kin is None:
        return _new(id_, own)
    what = as_known(own.content, (kin.what,)) if own.content.strip() else kin.what
    return replace(kin, id=id_, name=as_known(own.name, (kin.name,)), what=what)


def _new(id_: str, own: Consulted) -> Project:
    months = float(own.months)
    return Project(
        id=id_,
        name=Text(own.name, own.name),
        what=Text(own.content, own.content),
        modules=(),
        effects=(),
        costs={},
        months=(months, months),
        benefits=(),
        risks=(say("plan.own_risk"),),
        basis=say("plan.own"),
        confidence="estimate",
    )
