"""One firm's diagnosis as one value, ready to be told.

`reports.dossier.builder.DossierBuilder(scorer, catalogue, grouping)` is made once and its
`build(batch, row, day)` called for each firm of a `reports.dossier.batch.Batch`. They are not
imported here, so that a process that only renders does not load what judges.
"""

from reports.dossier.model.dossier import Dossier

__all__ = ["Dossier"]
