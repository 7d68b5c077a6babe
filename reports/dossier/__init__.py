"""One firm's diagnosis as one value, ready to be told."""

from reports.dossier.model.dossier import Dossier

__all__ = ["Dossier"]
