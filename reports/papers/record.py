"""The record of a visit, to be signed and sealed; what is not filled in is room to write."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaires.text import Language, Text
from reports.papers.model import Checked, Pair, Record
from reports.papers.sheet import (
    Letterhead,
    cell,
    kept_together,
    print_paper,
    say,
    signatures,
    small_print,
    written,
)
from reports.pdf.blocks import Block
from reports.pdf.heads import PartHead
from reports.pdf.setter import Setter
from reports.pdf.tables import Cell, Column
from reports.pdf.theme import CELL_BOLD, CELL_FINE, WIDTH

Line = tuple[str | Text, ...]

RESULTS = {None: "record.boxes", True: "record.holds", False: "record.differs"}
FEWEST_PEOPLE = 6
FEWEST_LINES = 3
FEWEST_DIFFERENCES = 4


def render_record(record: Record, language: Language) -> bytes:
    """The record as a PDF of A4 sheets."""
    setter = Setter(language)
    head = Letterhead(
        say("record.title"),
        record.firm,
        record.uscc,
        record.number,
        record.dated,
        record.fictional,
    )
    blocks: list[Block] = [
        _facts(setter, record),
        *_people(setter, record),
        _title(setter, "opening"),
        written(setter, record.opening, 3),
        *_pairs(setter, record, "interviews"),
        *_pairs(setter, record, "workshops"),
        *_pairs(setter, record, "documents"),
        *_agenda(setter, record.agenda),
        *_differences(setter, record),
        _title(setter, "wishes"),
        written(setter, record.wishes, 3),
        _title(setter, "limits"),
        written(setter, record.limits, 2),
        _title(setter, "closing"),
        written(setter, record.closing, 4),
        _signing(setter, record),
    ]
    return print_paper(setter, head, blocks)


def _facts(setter: Setter, record: Record) -> Block:
    until = f"{record.began or '    :    '} – {record.ended or '    :    '}"
    photos = {None: "record.photos_open", True: "record.photos_yes", False: "record.photos_no"}
    facts: tuple[tuple[str, str | Text], ...] = (
        ("number", record.number),
        ("firm", record.firm),
        ("uscc", record.uscc),
        ("provider", record.provider),
        ("day", record.day),
        ("times", until),
        ("place", record.place),
        ("photos", say(photos[record.photos_allowed])),
    )
    label, value = WIDTH * 0.22, WIDTH * 0.78
    columns = [Column("", label, style=CELL_BOLD), Column("", value)]
    rows: list[list[Cell]] = [
        [setter.say(say(f"record.{key}")), cell(setter, said, value)] for key, said in facts
    ]
    return setter.grid(columns, rows)


def _people(setter: Setter, record: Record) -> list[Block]:
    widths = [WIDTH * share for share in (0.16, 0.2, 0.22, 0.24, 0.18)]
    keys = ("side", "name", "department", "post", "signature")
    columns = [
        Column(setter.say(say(f"record.{key}")), width)
        for key, width in zip(keys, widths, strict=True)
    ]
    filled: list[Line] = [
        (say(f"record.of_{who.side}"), who.name, who.department, who.post, "")
        for who in record.people
    ]
    rows = _with_room(record, filled, FEWEST_PEOPLE, len(widths))
    return [_title(setter, "people"), setter.grid(columns, _cells(setter, rows, widths))]


def _pairs(setter: Setter, record: Record, key: str) -> list[Block]:
    widths = [WIDTH * 0.32, WIDTH * 0.68]
    columns = [
        Column(setter.say(say(f"record.{key}_first")), widths[0]),
        Column(setter.say(say(f"record.{key}_second")), widths[1]),
    ]
    pairs: tuple[Pair, ...] = getattr(record, key)
    filled: list[Line] = [(pair.first, pair.second) for pair in pairs]
    rows = _with_room(record, filled, FEWEST_LINES, len(widths))
    return [_title(setter, key), setter.grid(columns, _cells(setter, rows, widths))]


def _agenda(setter: Setter, agenda: Sequence[Checked]) -> list[Block]:
    if not agenda:
        return []
    widths = [WIDTH * share for share in (0.07, 0.3, 0.27, 0.2, 0.16)]
    keys = ("question_number", "question", "why_asked", "own", "result")
    columns = [
        Column(setter.say(say(f"record.{key}")), width, style=CELL_FINE)
        for key, width in zip(keys, widths, strict=True)
    ]
    rows = [
        [
            str(item.number),
            setter.say(item.label),
            setter.joined([*item.why, say("record.proof", proof=item.proof)]),
            setter.say(item.own),
            setter.say(say(RESULTS[item.holds])),
        ]
        for item in agenda
    ]
    lead = small_print(setter, say("record.agenda_lead"))
    lead.keep = True
    return [_title(setter, "agenda"), lead, setter.grid(columns, rows)]


def _differences(setter: Setter, record: Record) -> list[Block]:
    widths = [WIDTH * share for share in (0.07, 0.25, 0.18, 0.18, 0.18, 0.14)]
    keys = ("question_number", "question", "own", "verified", "why", "opinion")
    columns = [
        Column(setter.say(say(f"record.{key}")), width, style=CELL_FINE)
        for key, width in zip(keys, widths, strict=True)
    ]
    filled: list[Line] = [
        (str(item.number), item.label, item.own, item.verified, item.why, "")
        for item in record.differences
    ]
    rows = _with_room(record, filled, FEWEST_DIFFERENCES, len(widths))
    return [_title(setter, "differences"), setter.grid(columns, _cells(setter, rows, widths))]


def _signing(setter: Setter, record: Record) -> Block:
    day = say("day")
    return kept_together(
        _title(setter, "signing"),
        setter.text(say("record.pledge")),
        small_print(setter, say("record.pledge_note")),
        signatures(
            setter,
            [
                (say("record.sign_firm", firm=record.firm), (say("record.sign_post"), day)),
                (say("record.sign_lead"), (say("record.sign_certificate"), day)),
                (say("record.sign_second"), (say("record.sign_certificate"), day)),
            ],
        ),
    )


def _with_room(record: Record, filled: list[Line], fewest: int, cells: int) -> list[Line]:
    """The lines with room to write more; once the visit has ended, only where there are none."""
    wanted = fewest if not record.ended else min(fewest, 1)
    return filled + [("",) * cells] * max(0, wanted - len(filled))


def _title(setter: Setter, key: str) -> Block:
    return PartHead(key, setter.say(say(f"record.section.{key}")), setter.language)


def _cells(setter: Setter, rows: Sequence[Line], widths: Sequence[float]) -> list[list[Block]]:
    return [
        [cell(setter, text, width) for text, width in zip(row, widths, strict=True)] for row in rows
    ]
