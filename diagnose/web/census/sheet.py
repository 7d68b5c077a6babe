"""A firm's census sheet as its pages show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from sqlmodel import Session

from diagnose.campaigns import current_campaign
from diagnose.needs.fields import Block, Field, Form, census_form
from diagnose.needs.prefilling import TABLES, Known, known_of, settled
from diagnose.needs.states import STATE_TITLES, CensusState, last_sheet, needs_of, state_of
from diagnose.records import Census, CensusStage, Firm, Need, NeedStage
from diagnose.web.access import find, me
from diagnose.web.census.operations import Whose
from diagnose.web.languages import told
from questionnaires.clock import today
from questionnaires.text import Text


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of the firm that asks, whatever its stage; `census` None: not begun."""

    firm: Firm
    census: Census | None
    needs: Sequence[Need]
    known: Known
    campaign_id: int | None

    @property
    def firm_id(self) -> int:
        """Whose sheet it is."""
        return self.firm.id or 0

    @property
    def whose(self) -> Whose:
        """Whose sheet it is, and of which campaign."""
        return Whose(self.firm_id, self.campaign_id)

    @property
    def edition(self) -> int:
        """How often it was saved."""
        return self.census.edition if self.census else 0

    @property
    def open(self) -> bool:
        """Whether the firm may write on it."""
        return self.census is None or self.census.stage == CensusStage.DRAFT

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the firm itself gave."""
        return self.census.facts if self.census else {}

    @property
    def said(self) -> Mapping[str, Any]:
        """All that the sheet says: what is known added while it is open."""
        return settled(self.facts, self.known) if self.open else self.facts

    @property
    def state(self) -> CensusState:
        """How far it is."""
        return state_of(self.census, [need.stage for need in self.needs])

    @property
    def state_title(self) -> Text:
        """How far it is, in words."""
        return STATE_TITLES[self.state]

    @property
    def wanted(self) -> Sequence[Need]:
        """Its needs and planned projects, without those withdrawn."""
        return [need for need in self.needs if need.stage != NeedStage.WITHDRAWN]

    @property
    def form(self) -> Form:
        """What it asks."""
        return census_form()

    @property
    def may_begin(self) -> bool:
        """Whether a new campaign asks for a new sheet."""
        held = self.census
        return (
            held is not None and not self.open and self.campaign_id not in {None, held.campaign_id}
        )

    def known_fields(self, block: Block) -> list[Field]:
        """What of a block the self-assessment answered for good."""
        return [f for f in block.fields if f.id in self.known.values and f.id not in TABLES]

    def filled(self, block: Block) -> bool:
        """Whether a block says anything."""
        if block.id in {"needs", "plans"}:
            return any(need.planned == (block.id == "plans") for need in self.wanted)
        return any(self.said.get(field.id) not in (None, {}, []) for field in block.fields)


def own_sheet(session: Session) -> Sheet:
    """The sheet of the firm that asks."""
    firm = find(Firm, me().firm_id or 0)
    census = last_sheet(session, firm.id or 0)
    found = needs_of(session, census) if census else []
    campaign = current_campaign(session, firm.district, today())
    known = known_of(session, firm.id or 0)
    return Sheet(firm, census, found, known, campaign.id if campaign else None)


def worded(field: Field, value: Any) -> str:
    """A fact in words; tables have rows of their own."""
    if value is None or value in ([], {}):
        return "–"
    if field.id in TABLES:
        return _listed([told(field.options[id_]) for id_ in value if id_ in field.options])
    if field.kind == "several":
        return _listed([told(field.options[id_]) for id_ in value if id_ in field.options])
    if field.kind == "yesno":
        return str(_("yes") if value in (True, "yes") else _("no"))
    if field.kind == "text":
        return str(value)
    unit = told(field.unit)
    return f"{format_decimal(value)} {unit}".strip()


def _listed(names: list[str]) -> str:
    return str(_(", ")).join(names) or "–"
