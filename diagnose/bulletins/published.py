"""The parts of what everybody may read: no firm is named, small cells are withheld."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from diagnose.bulletins.counting import UNJUDGED
from diagnose.bulletins.internal import coverage_table, project_table
from diagnose.bulletins.trimming import trimmed
from diagnose.bulletins.words import NONE, Figures, amount, say, share
from diagnose.reading import standard
from models.firms import SIZES, industry_name
from questionnaires.text import Text
from reports.bulletins import Grid, Paragraph, Piece, Section

LEAST = 10
Named = Callable[[str], Text | str]


def published_sections(told: Figures) -> tuple[Section, ...]:
    """The parts of a bulletin's published edition."""
    parts: dict[str, Sequence[Piece]] = {
        "coverage": [
            Paragraph(say("coverage.lead_published", day=told["day"])),
            _coverage(told),
            _small(),
            *_history(told),
        ],
        "streets": list(trimmed(_progress(told, "street", _street), LEAST)),
        "providers": list(trimmed(_progress(told, "provider", _provider), LEAST)),
        "projects": list(_projects(told)),
    }
    return tuple(Section(say(f"section.{key}"), tuple(pieces)) for key, pieces in parts.items())


def statistics_sections(told: Figures) -> tuple[Section, ...]:
    """The parts of published statistics."""
    about = [Paragraph(say("statistics.about_text", day=told["day"])), _small()]
    tables = {"street": _street, "industry": _industry, "size": _size}
    return (
        Section(say("statistics.about"), tuple(about)),
        Section(
            say("statistics.progress"),
            (*_history(told, least=1), *trimmed(_progress(told, "street", _street), LEAST)),
        ),
        *(_levelled(told, key, named) for key, named in tables.items()),
        Section(say("statistics.money"), tuple(_projects(told))),
    )


def _levelled(told: Figures, key: str, named: Named) -> Section:
    pieces = trimmed(_levels(told, key, named), LEAST, by_total=True)
    return Section(say(f"statistics.{key}_levels"), tuple(pieces))


def cell(held: Sequence[Any] | None, day: str) -> str:
    """A cell as printed: its value, with its date where it is an earlier one."""
    if held is None:
        return NONE
    value, since = held
    return str(value) if since == day else f"{value} ({since})"


def _small() -> Piece:
    notes = (say("withheld_note", least=LEAST), say("about_note"))
    joined = Text("".join(one.zh for one in notes), " ".join(one.en for one in notes))
    return Paragraph(joined, note=True)


def _coverage(told: Figures) -> Grid:
    tables, day = told["tables"], told["day"]
    whole = tables["streets"]["cells"][-1]
    assessed = tables["assessed"]["cells"]
    campaign = told.get("campaign")
    return coverage_table(
        told,
        _of(assessed[0], assessed[2], day),
        _of(whole[0], whole[2], day),
        cell(tables["ever"]["cells"][0], day),
        campaign["name"] if campaign else say("coverage.no_campaign"),
    )


def _of(
    done: Sequence[Any] | None, due: Sequence[Any] | None, day: str
) -> tuple[Text | str, str, str]:
    """Share, numerator and denominator as printed; “about” where they are not of one day.

    A share of what is printed tells no more than the print.
    """
    part: Text | str = NONE
    if done is not None and due is not None and done[0] <= due[0]:
        part = share(done[0], due[0])
        if done[1] != due[1]:
            part = say("about", share=part)
    return part, cell(done, day), cell(due, day)


def _history(told: Figures, least: int = 2) -> Iterator[Piece]:
    """The district's coverage in every issue that gave it, the present one last."""
    whole = told["tables"]["streets"]["cells"][-1]
    lines = [*told.get("history", ()), [told["day"], whole[0], whole[2]]]
    shown = [line for line in lines if line[1] is not None and line[2] is not None]
    if len(shown) >= least:
        rows = []
        for day, covered, wanted in shown:
            part, done, due = _of(covered, wanted, day)
            rows.append((day, done, due, part))
        heads = tuple(say(f"progress.{head}") for head in ("day", "done", "due", "share"))
        widths = (0.28, 0.24, 0.24, 0.24)
        numbers = frozenset({1, 2, 3})
        yield Grid(say("progress.history"), heads, widths, tuple(rows), numbers)


def _progress(told: Figures, unit: str, named: Named) -> Grid:
    held, day = told["tables"][f"{unit}s"], told["day"]
    heads = (unit, "done", "open", "due", "share")
    rows = []
    for name, cells in zip((*held["rows"], None), held["cells"], strict=True):
        part, done, due = _of(cells[0], cells[2], day)
        title = say("total") if name is None else named(name)
        rows.append((title, done, cell(cells[1], day), due, part))
    return Grid(
        say(f"progress.{unit}s"),
        tuple(say(f"progress.{head}") for head in heads),
        (0.32, 0.18, 0.18, 0.18, 0.14),
        tuple(rows),
        frozenset({1, 2, 3, 4}),
    )


def _levels(told: Figures, key: str, named: Named) -> Grid:
    held, day, levels = told["tables"][f"{key}_levels"], told["day"], told["levels"]
    rows = [
        (say("total") if name is None else named(name), *(cell(one, day) for one in cells))
        for name, cells in zip((*held["rows"], None), held["cells"], strict=True)
    ]
    width = 0.72 / (len(levels) + 1)
    return Grid(
        say(f"statistics.{key}_levels"),
        (say(f"statistics.{key}"), *(_level(level) for level in levels), say("total")),
        (0.28, *(width for _ in (*levels, ""))),
        tuple(rows),
        frozenset(range(1, len(levels) + 2)),
    )


def _projects(told: Figures) -> Iterator[Piece]:
    tables, day = told["tables"], told["day"]
    part, done, of = _of(tables["conversion"]["cells"][0], tables["conversion"]["cells"][2], day)
    if not isinstance(part, str) or part == NONE:
        yield Paragraph(say("projects.conversion_hidden"))
    else:
        told_share = part.removesuffix("%")
        yield Paragraph(say("projects.conversion", done=done, of=of, share=told_share))
    counts = [
        (say(f"projects.{key}"), cell(held, day))
        for key, held in zip(tables["projects"]["rows"], tables["projects"]["cells"], strict=False)
    ]
    sums = [
        (say(f"projects.{key}"), _money(told["sums"][key], day)) for key in ("contracted", "spent")
    ]
    yield project_table([*counts, *sums])
    yield Paragraph(say("statistics.money_note"), note=True)


def _money(held: Sequence[Any], day: str) -> str:
    value, since = held
    if value is None:
        return NONE
    return amount(value) if since == day else f"{amount(value)} ({since})"


def _street(name: str) -> Text | str:
    return name or say("progress.no_street")


def _provider(name: str) -> Text | str:
    return name or say("progress.no_provider")


def _industry(code: str) -> Text:
    return industry_name(code)


def _size(number: str) -> Text:
    return SIZES[int(number)] if int(number) >= 0 else say("statistics.no_size")


def _level(level: str) -> Text:
    return say("statistics.unjudged") if level == UNJUDGED else standard().level_name(int(level))


NAMED: dict[str, Named] = {
    "streets": _street,
    "providers": _provider,
    "street_levels": _street,
    "industry_levels": _industry,
    "size_levels": _size,
}
"""How the rows of each table are called."""


def heads_of(name: str, levels: Sequence[str]) -> tuple[Text, ...]:
    """How the columns of a table are called, its total last."""
    if name.endswith("_levels"):
        return (*(_level(level) for level in levels), say("total"))
    return tuple(say(f"progress.{head}") for head in ("done", "open", "due"))
