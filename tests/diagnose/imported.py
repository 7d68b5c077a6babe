"""A whole fictional district, as tests need one."""

from sqlmodel import col, delete

from diagnose.records import Firm
from diagnose.records.columns import now
from diagnose.records.importing import entries_of, import_sheets


def import_district(session, sheets, district=""):
    """Keep firms with their sheets, judged, instead of the fictional ones before them.

    With `district` they are on its roster.
    """
    session.exec(delete(Firm).where(col(Firm.fictional)))
    moment = now()
    held = {"fictional": True, "district": district, "on_roster": bool(district)}
    firms = [Firm.model_validate(entry.model_dump() | held) for entry in entries_of(sheets)]
    session.add_all(firms)
    session.flush()
    import_sheets(session, sheets, [firm.id for firm in firms], moment)
    session.commit()
