"""Retrofit projects and the roadmaps made of them.

>>> planner = Planner(scorer, load_catalogue())
>>> planner.plan(sheets, 0, budget=40).projects
"""

from models.roadmap.catalogue import Catalogue, Policy, Project
from models.roadmap.loading import CatalogueInvalid, load_catalogue
from models.roadmap.money import Affordability, affordability
from models.roadmap.planner import Planner
from models.roadmap.results import PlannedProject, Raise, Rival, Roadmap

__all__ = [
    "Affordability",
    "Catalogue",
    "CatalogueInvalid",
    "PlannedProject",
    "Planner",
    "Policy",
    "Project",
    "Raise",
    "Rival",
    "Roadmap",
    "affordability",
    "load_catalogue",
]
