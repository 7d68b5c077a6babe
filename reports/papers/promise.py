"""The promise of confidentiality, to be signed and sealed by the provider."""

from __future__ import annotations

from questionnaires.text import Language
from reports.papers.model import Promise
from reports.papers.sheet import Letterhead, print_paper, say, signatures
from reports.pdf.blocks import Block
from reports.pdf.setter import Setter

PROMISES = 8


def render_promise(promise: Promise, language: Language) -> bytes:
    """The promise as a PDF of one A4 sheet."""
    setter = Setter(language)
    head = Letterhead(
        say("promise.title"),
        promise.firm,
        promise.uscc,
        promise.number,
        promise.dated,
        promise.fictional,
    )
    lead = say("promise.lead", provider=promise.provider, firm=promise.firm, number=promise.number)
    terms = [say(f"promise.terms.{number}") for number in range(1, PROMISES + 1)]
    blocks: list[Block] = [
        setter.text(say("promise.to", firm=promise.firm, uscc=promise.uscc)),
        setter.text(lead),
        *setter.listed(terms, numbered=True),
        setter.text(say("promise.end")),
        signatures(
            setter,
            [
                (say("promise.sign_house", provider=promise.provider), (say("day"),)),
                (say("promise.sign_lead", lead=promise.lead), (say("day"),)),
                (say("promise.sign_team"), (say("day"),)),
            ],
        ),
        setter.note(say("promise.note")),
    ]
    return print_paper(setter, head, blocks)
