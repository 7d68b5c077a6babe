"""What may be given out: small cells hidden such that no subtraction brings them back.

A cell is withheld where fewer than ten firms stand behind it (`hide_small`), where a sum of money
rests on fewer than twenty firms or on one or two of them (`dominated`, `hide_sums`), or where the
change since an earlier publication is that of fewer than ten firms (`publish`, `Release`). Each
withheld cell is kept company until the rows, columns and totals shown leave it a wide interval
(`intervals`, an exact audit by linear programming). `linked` holds tables that share a margin.

Rules and where they come from: threshold 10 and dominance as in ABS DataLab and SACRO; percentiles
as in `quantile`; see docs/decisions on small cells.
"""

from models.disclosure.auditing import intervals
from models.disclosure.frames import Frame, Shared, linked, table
from models.disclosure.hiding import hide
from models.disclosure.money import changed_by_few, dominated, hide_sums
from models.disclosure.releasing import Release, hide_small, publish, publish_linked
from models.disclosure.rounding import mean, quantile, rank

__all__ = [
    "Frame",
    "Release",
    "Shared",
    "changed_by_few",
    "dominated",
    "hide",
    "hide_small",
    "hide_sums",
    "intervals",
    "linked",
    "mean",
    "publish",
    "publish_linked",
    "quantile",
    "rank",
    "table",
]
