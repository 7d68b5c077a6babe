"""Sheets and needs of the officer's own district; anything else is not there, and logged."""

from __future__ import annotations

from werkzeug.exceptions import NotFound

from diagnose.records import Census, CensusStage, Firm, Need
from diagnose.web.access import LARGEST_ID, find
from diagnose.web.database import records


def sheet_of(census_id: int) -> tuple[Census, Firm]:
    """A census sheet and whose it is."""
    census = records().get(Census, census_id) if census_id <= LARGEST_ID else None
    if census is None:
        raise NotFound
    return census, find(Firm, census.firm_id)


def need_of(need_id: int) -> tuple[Need, Census, Firm]:
    """A need that the firm lets the bureau work on, its sheet, and whose it is."""
    need = records().get(Need, need_id) if need_id <= LARGEST_ID else None
    if need is None:
        raise NotFound
    census, firm = sheet_of(need.census_id)
    if census.stage == CensusStage.DRAFT or "match" not in census.shares:
        raise NotFound
    return need, census, firm
