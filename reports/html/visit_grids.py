"""The tables that a visit adds to a report."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaires.text import Text
from reports.dossier.model.visit import Checked, CheckedRow, Evidence, Sitting
from reports.html.grid import Grid, Row, grid, heads_of
from reports.html.words import Words


def sitting(words: Words, found: Sitting) -> list[Grid]:
    """Who was present at a visit, what was asked, seen and read."""
    told: tuple[tuple[str, tuple[str, ...], Sequence[Sequence[Text | str]]], ...] = (
        ("people", ("side", "name", "post"), found.people),
        ("interviews", ("asked", "said"), found.interviews),
        ("workshops", ("workshop", "seen"), found.workshops),
        ("documents", ("document", "kept"), found.documents),
    )
    return [
        grid(words.phrase(key), heads_of(words, *heads), [_said(words, row) for row in rows])
        for key, heads, rows in told
        if rows
    ]


def outcome(words: Words, found: Checked) -> Grid:
    """What verification did to points and level."""
    heads = heads_of(words, "what", "own_answer", "verified")
    return grid(words.phrase("outcome"), heads, [_said(words, row) for row in found.outcome])


def checked(words: Words, found: Checked) -> Grid:
    """Every verified answer beside the firm's own."""
    rows = [
        (
            f"{row.number}. {words.say(row.label)}",
            words.say(row.own),
            ("▲ " if row.changed else "") + words.say(row.verified),
            _reason(words, row),
        )
        for row in found.rows
    ]
    heads = heads_of(words, "question", "own_answer", "verified", "change")
    return grid(words.phrase("checked"), heads, rows)


def _reason(words: Words, row: CheckedRow) -> str:
    why = row.reason if row.changed else words.told("checked.same")
    proof = words.word("card.proof") + words.colon + row.evidence if row.evidence else ""
    return words.joined([why, proof])


def evidence(words: Words, rows: Sequence[Evidence]) -> Grid:
    """Ids and names, never the files."""
    heads = heads_of(words, "evidence_id", "evidence_name", "shows")
    told = [(row.id, row.name, words.say(row.about)) for row in rows]
    return grid(words.phrase("evidence"), heads, told)


def _said(words: Words, row: Sequence[Text | str]) -> Row:
    return tuple(words.say(cell) for cell in row)
