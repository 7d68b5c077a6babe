"""Before a diagnosis is opened, assigned, taken on, or found exempt."""

from __future__ import annotations

from sqlalchemy import func
from sqlmodel import col, select

from diagnose.records import (
    CLOSED,
    Account,
    Diagnosis,
    Interest,
    Provider,
    Purpose,
)
from diagnose.workflow.exempting import BY_ROSTER
from diagnose.workflow.guards.asking import Ask
from questionnaires.clock import today
from questionnaires.text import Text

TRIES = 3  # contacts before a firm counts as unreachable


def none_open(ask: Ask) -> Text | None:
    """The firm has no other open diagnosis."""
    other = ask.session.exec(
        select(Diagnosis.id).where(
            Diagnosis.firm_id == ask.diagnosis.firm_id, col(Diagnosis.state).not_in(CLOSED)
        )
    ).first()
    if other is None:
        return None
    return Text("该企业已有进行中的诊断。", "The firm already has an open diagnosis.")


def provider_fit(ask: Ask) -> Text | None:
    """The provider is valid, has no interest in the firm, and has room."""
    provider = ask.session.get(Provider, ask.sets.get("provider_id") or 0)
    if provider is None:
        return Text("请选择服务机构。", "Choose a provider.")
    lead = ask.session.get(Account, ask.sets.get("lead_id") or 0)
    if ask.sets.get("lead_id") and (lead is None or lead.provider_id != provider.id):
        return Text("诊断组长不属于所选机构。", "The lead does not belong to this provider.")
    if provider.valid_until and provider.valid_until < today():
        return Text("该机构的资格已过期。", "This provider's admission has ended.")
    interest = ask.session.exec(
        select(Interest).where(
            Interest.provider_id == provider.id, Interest.firm_id == ask.diagnosis.firm_id
        )
    ).first()
    if interest is not None:
        return Text(
            f"该机构与企业有利益关系：{interest.note}",
            f"This provider has an interest in the firm: {interest.note}",
        )
    held = ask.session.exec(
        select(func.count())
        .select_from(Diagnosis)
        .where(
            Diagnosis.provider_id == provider.id,
            Diagnosis.id != ask.diagnosis.id,
            col(Diagnosis.state).not_in(CLOSED),
        )
    ).one()
    if held >= provider.load:
        return Text(
            f"该机构在手 {held} 项，已到上限 {provider.load} 项。",
            f"This provider holds {held} diagnoses; its limit is {provider.load}.",
        )
    return None


def confidentiality_signed(ask: Ask) -> Text | None:
    """The signed promise of confidentiality is here."""
    if ask.attached(Purpose.CONFIDENTIALITY):
        return None
    return Text("请先上传已签字的保密承诺。", "Upload the signed promise of confidentiality first.")


def contact_tried(ask: Ask) -> Text | None:
    """A firm counts as unreachable only after enough tries."""
    tries = ask.facts.get("tries") or []
    if ask.facts.get("cause") != "unreachable" or len(tries) >= TRIES:
        return None
    return Text(
        f"联系不上企业须有至少 {TRIES} 次联系记录。",
        f"“Cannot be reached” takes a log of at least {TRIES} tries.",
    )


def proof_given(ask: Ask) -> Text | None:
    """A proof of the exemption is here, or named on the roster."""
    if ask.facts.get(BY_ROSTER) or ask.attached(Purpose.PROOF):
        return None
    return Text("请上传免诊的证明材料。", "Upload the proof of the exemption.")
