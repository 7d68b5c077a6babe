"""Retrofit projects and the roadmaps made of them."""

from models.roadmap.catalogue import Catalogue, Policy, Project
from models.roadmap.loading import CatalogueInvalid, load_catalogue

__all__ = ["Catalogue", "CatalogueInvalid", "Policy", "Project", "load_catalogue"]
