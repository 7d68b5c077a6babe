"""Findings of the visit: a panel each, fact and evidence beside effect and cause."""

from __future__ import annotations

from dataclasses import replace

from reports.dossier.model.visit import FindingCard, VisitPart
from reports.palette import ACCENT, ACCENT_MID, ACCENT_SOFT, MUTED, RULE, WARN
from reports.pdf.blocks import Block
from reports.pdf.containers import Columns, Panel, Stack
from reports.pdf.setter import Setter
from reports.pdf.theme import FINE, TEXT, WIDTH, Style
from reports.phrases import Phrasebook

say = Phrasebook("visit")

PADDING, GUTTER = 9.0, 18.0
INNER = WIDTH - 2 * PADDING
HALF = (INNER - GUTTER) / 2
TITLE = Style(10.5, 15, bold=True, color=ACCENT)
LINE = replace(TEXT, size=8.25, leading=12, after=3, justify=False)
TAG = replace(FINE, size=8, leading=12, color=MUTED, after=4)
BARS = (ACCENT_SOFT, ACCENT_MID, WARN)
"""The strip of colour by severity; the word beside it says the same."""


def findings_blocks(setter: Setter, visit: VisitPart) -> list[Block]:
    """A lead, then the findings in their order."""
    cards = [_finding(setter, card) for card in visit.findings]
    return [setter.chapter("findings"), *setter.texts(visit.findings_lead), *cards]


def _finding(setter: Setter, card: FindingCard) -> Block:
    scene = card.scene or say("findings.everywhere")
    title = f"{setter.say(say('findings.title', number=card.number))}  {setter.say(scene)}"
    head: list[Block] = [setter.text(title, TITLE, INNER), _tag(setter, card)]
    for block in head:
        block.keep = True
    told = Columns([_seen(setter, card), _weighed(setter, card)], GUTTER)
    panel = Panel(
        Stack([*head, told], INNER), stroke=RULE, bar=BARS[card.weight - 1], padding=PADDING
    )
    panel.after = 8
    return panel


def _tag(setter: Setter, card: FindingCard) -> Block:
    said = [setter.say(card.effect_kind), setter.say(card.cause_kind)]
    kinds = " → ".join(reversed(said))
    parts = [setter.say(card.severity), kinds, setter.say(card.rests) if card.rests else ""]
    text = " · ".join(filter(None, parts))
    if not card.security:
        return setter.text(text, TAG, INNER)
    lead = f"▲ {setter.say(say('findings.security'))} · "
    return setter.text(text, replace(TAG, lead_color=WARN), INNER, lead)


def _seen(setter: Setter, card: FindingCard) -> Block:
    return _labelled(setter, (("fact", card.fact), ("proof", card.evidence)))


def _weighed(setter: Setter, card: FindingCard) -> Block:
    projects = setter.say(card.answered)
    parts = (("effect", card.effect), ("cause", card.cause), ("projects", projects))
    return _labelled(setter, parts)


def _labelled(setter: Setter, parts: tuple[tuple[str, str], ...]) -> Block:
    told = [
        setter.labelled(setter.word(f"card.{key}"), text, LINE, HALF) for key, text in parts if text
    ]
    return Stack(told, HALF)
