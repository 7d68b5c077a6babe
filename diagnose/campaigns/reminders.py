"""Whom to remind: firms of the list that have not handed in their sheet, clocks that ran out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, and_, case, or_
from sqlmodel import Session, col
from sqlmodel.sql.expression import Select

from diagnose.records import CLOSED, Campaign, CampaignFirm, Firm, Tag
from diagnose.records.columns import now
from diagnose.roster.narrowing import Narrowing
from diagnose.roster.standing import Standing
from questionnaires.text import Text

NOT_BEGUN, DRAFT, WITH_FIRM, LATE = "not_begun", "draft", "with_firm", "late"
KINDS: dict[str, Text] = {
    NOT_BEGUN: Text("自评未开始", "Self-assessment not begun"),
    DRAFT: Text("自评未提交", "Self-assessment not submitted"),
    WITH_FIRM: Text("报告超期未确认", "Report not confirmed in time"),
    LATE: Text("诊断环节超期", "Step of the diagnosis overdue"),
}
OF_FIRM = (NOT_BEGUN, DRAFT, WITH_FIRM)
"""What the firm itself can do something about; the rest lies with providers and reviewers."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A firm that is waited for: why, where its diagnosis stands, with whom, since when."""

    firm: Firm
    street: str | None
    kind: str
    state: str
    provider: str | None
    account: str
    drafted_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReminderSearch(Narrowing):
    """What is looked for among the firms that are waited for."""

    SORTS: ClassVar = ("region", "firm", "kind", "provider", "due")
    NUMBERS: ClassVar = frozenset({"provider"})

    kind: str = ""
    sort: str = "region"

    def found(self, campaign: Campaign, day: date) -> Select[Any]:
        """The firms that are waited for, in order."""
        standing = Standing(campaign.district, day)
        kind = _kind(standing)
        query = (
            standing.of(
                Firm, Tag.name, kind, standing.state, col(standing.provider.name),
                standing.account, standing.drafted_at, col(standing.diagnosis.due_at),
            )
            .join(
                CampaignFirm,
                and_(
                    col(CampaignFirm.firm_id) == Firm.id,
                    col(CampaignFirm.campaign_id) == campaign.id,
                ),
            )
            .outerjoin(Tag, col(Tag.id) == CampaignFirm.street_id)
            .where(kind.is_not(None), standing.awaited, *self._conditions(standing, kind))
        )  # fmt: skip
        return query.order_by(self._order(standing, kind), col(Firm.name), col(Firm.id))

    def _conditions(
        self, standing: Standing, kind: ColumnElement[str | None]
    ) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.kind:
            found.append(kind == self.kind)
        if self.region:
            found.append(col(Tag.name) == self.region)
        if self.provider:
            found.append(col(standing.diagnosis.provider_id) == int(self.provider))
        if self.q:
            like = col(Firm.name).contains(self.q, autoescape=True)
            found.append(or_(like, col(Firm.uscc).contains(self.q.upper(), autoescape=True)))
        return found

    def _order(self, standing: Standing, kind: ColumnElement[str | None]) -> Any:
        columns: dict[str, Any] = {
            "region": col(Tag.name),
            "firm": col(Firm.name),
            "kind": kind,
            "provider": col(standing.provider.name),
            "due": col(standing.diagnosis.due_at),
        }
        column = columns[self.sort]
        return (column.desc() if self.down else column.asc()).nulls_last()


def all_reminders(
    session: Session, campaign: Campaign, search: ReminderSearch, day: date
) -> list[Reminder]:
    """Everybody who is waited for."""
    return [Reminder(*row) for row in session.execute(search.found(campaign, day))]


def _kind(standing: Standing) -> ColumnElement[str | None]:
    """Why a firm is waited for; NULL: it is not. A sheet comes before a clock."""
    open_ = standing.state.not_in(CLOSED)
    late = and_(open_, col(standing.diagnosis.due_at) < now())
    found: ColumnElement[str | None] = case(
        (standing.covered, None),
        (
            and_(standing.submitted_at.is_(None), standing.drafted_at.is_(None)),
            NOT_BEGUN,
        ),
        (standing.submitted_at.is_(None), DRAFT),
        (and_(late, standing.state == "with_firm"), WITH_FIRM),
        (late, LATE),
        else_=None,
    )
    return found
