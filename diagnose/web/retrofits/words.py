"""What projects, figures and verdicts are called on pages, here and in the bureau's pool."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from diagnose.planning.wording import worded
from diagnose.reading import judge
from diagnose.records import Origin, Project, Verdict
from diagnose.retrofits.accepting import FILES
from diagnose.web.languages import told

ORIGINS: Mapping[str, LazyString] = {
    Origin.SYSTEM: _l("Report"),
    Origin.CONSULTANT: _l("Report, added by the consultants"),
    Origin.CENSUS: _l("Census of needs"),
    Origin.APPLICATION: _l("Firm’s application"),
    Origin.CHAIN: _l("Chain leader"),
}
VERDICTS: Mapping[str, LazyString] = {
    Verdict.OPEN: _l("Not decided yet"),
    Verdict.PASSED: _l("Passed"),
    Verdict.TO_MEND: _l("To be mended"),
    Verdict.FAILED: _l("Refused"),
}
OTHER_TYPE = _l("none of the catalogue")


def name_of(project: Project) -> str:
    """A project's name in the language of the page, where its catalogue knows it."""
    return told(worded(project, judge().catalogue).name)


def content_of(project: Project) -> str:
    """What it holds, likewise."""
    return told(worded(project, judge().catalogue).content)


def type_name(type_: str) -> str:
    """The catalogue's name of a type."""
    catalogue = judge().catalogue
    if type_ in catalogue.index:
        return f"{type_} {told(catalogue[type_].name)}"
    return type_ or str(OTHER_TYPE)


def amount(value: float | None) -> str:
    """Money in 万元, with two decimals at most; a dash where it is not known."""
    return "–" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")


def file_kind(kind: str) -> str:
    """What a file of an application was handed in as."""
    return told(FILES[kind])
