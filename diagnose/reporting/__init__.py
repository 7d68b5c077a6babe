"""The report of a diagnosis: its dossier, its issued versions, and how to know one again."""

from diagnose.reporting.telling import dossier_of

__all__ = ["dossier_of"]
