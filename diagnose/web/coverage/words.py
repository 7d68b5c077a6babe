"""How figures, parts and states of coverage are called on its pages."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from diagnose.roster.standing import NEVER
from diagnose.roster.words import GROUNDS, HONOURS
from diagnose.web.judging import level_name, size_name
from diagnose.web.languages import told
from diagnose.web.roster.listing import state_title
from diagnose.workflow import MACHINE
from models.firms import industry_name


def titles() -> dict[str, str]:
    """The heading of each table of parts."""
    return {
        "street": _("By street"),
        "park": _("By park"),
        "industry": _("By industry"),
        "size": _("By size"),
        "provider": _("By provider"),
        "honour": _("By honour"),
        "chain": _("By industry chain"),
    }


def heads() -> dict[str, str]:
    """What a part is, over its column."""
    return {
        "street": _("Street"),
        "park": _("Park"),
        "industry": _("Industry"),
        "size": _("Size"),
        "provider": _("Provider"),
        "honour": _("Honour"),
        "chain": _("Industry chain"),
    }


def measure_titles() -> dict[str, str]:
    """How the indicators of firms are called."""
    return {
        "small": _("Small and medium firms diagnosed"),
        "specialised": _("Specialised small firms diagnosed"),
        "transformed": _("Firms transformed"),
        "small_transformed": _("Small and medium firms transformed"),
        "census": _("Firms with a census sheet handed in"),
        "digital": _("Digital production equipment"),
        "networked": _("Networked production equipment"),
        "numerical": _("Key processes under numerical control"),
    }


def part_name(by: str, code: int, names: Mapping[int, str]) -> str:
    """The name of a part; `names` are those of the providers, or of streets, parks and chains."""
    if by == "industry":
        return str(told(industry_name(f"{code:02d}" if code else "")))
    if by == "size":
        return str(told(size_name(code)))
    if by == "honour":
        return str(told(HONOURS[code]))
    return names.get(code) or nowhere(by)


def nowhere(by: str) -> str:
    """How firms without a street, park, chain or provider are called."""
    none: dict[str, str] = {
        "street": _("Street not given"),
        "park": _("In no park"),
        "chain": _("In no industry chain"),
        "provider": _("Not assigned yet"),
    }
    return none[by]


def figure_title(figure: str) -> str | None:
    """What a list of firms shows; None for a figure that nobody knows."""
    known: dict[str, str] = {
        "listed": _("Firms on the roster"),
        "excluded": _("Exempt firms"),
        "due": _("Firms to be covered"),
        "covered": _("Covered firms"),
        "open": _("Firms not covered yet"),
        "inherited": _("Covered by the report of a firm merged into them"),
        "assessed": _("Firms self-assessed within a year"),
        "visited": _("Firms with a signed record of a visit"),
        "ever": _("Firms ever diagnosed"),
        "newcomers": _("Newly entered, waiting for a diagnosis"),
        "late": _("Newly entered, beyond their time of grace"),
        "frozen": _("Firms that stand for the frozen list"),
        "frozen_due": _("Firms of the frozen list that are to be diagnosed"),
        "frozen_done": _("Firms of the frozen list that count"),
        "frozen_open": _("Firms of the frozen list still to be diagnosed"),
        "frozen_out": _("Firms of the frozen list left out"),
        "frozen_inherited": _("Counted by the report of a firm merged into them"),
    }
    kind, _colon, what = figure.partition(":")
    if kind == "state":
        known_states = what == NEVER or what in MACHINE.states
        return state_title(what) if known_states else None
    if kind == "level" and what.removeprefix("-").isdecimal():
        return str(told(level_name(int(what))))
    if kind == "ground" and what.isdecimal() and int(what) in GROUNDS:
        return str(_("Exempt: %(ground)s", ground=told(GROUNDS[int(what)])))
    return known.get(figure)
