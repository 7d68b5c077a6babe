"""Appendices: answers, method with the mark of every number, estimates and unknowns, notice."""

from __future__ import annotations

from fractions import Fraction
from math import isnan

from models.roadmap.money import RULE, WARN
from models.standard import Item, Mark, Source, Standard
from questionnaires.model import Question
from questionnaires.text import Text
from reports.dossier.case import SEMICOLON, Case, listed
from reports.dossier.model.appendices import (
    AnswerRow,
    AnswerSection,
    EstimateRow,
    Estimates,
    Method,
    MethodRow,
)
from reports.dossier.states import state_text
from reports.dossier.wording import joined, number
from reports.phrases import Phrasebook
from reports.points import points

say = Phrasebook("plans")
front_say = Phrasebook("front")

NOTICE = ("use", "who", "security", "secrets", "peers", "neutral")


def tell_answers(case: Case) -> tuple[AnswerSection, ...]:
    """Every question with its answer and state, section by section."""
    return tuple(
        AnswerSection(section.title, tuple(_answer(case, asked) for asked in section.questions))
        for section in case.reference.questionnaire.sections
    )


def _answer(case: Case, asked: Question) -> AnswerRow:
    result, number_of = case.item_results.get(asked.id), case.reference.numbers[asked.id]
    return AnswerRow(
        question=asked.id,
        label=say("answer_label", number=number_of, label=asked.label),
        answer=case.answer(asked.id),
        state=state_text(case, asked.id),
        points=result.points if result else None,
        full=result.full if result else None,
        number=number_of,
    )


def tell_method(standard: Standard) -> Method:
    """The method, the same for every firm judged by a standard."""
    paragraphs = ("score", "level", "peers", "plan", "percent")
    return Method(
        paragraphs=tuple(say(f"method.paragraphs.{id_}") for id_ in paragraphs),
        marks=tuple((say(f"method.mark.{mark}"), say(f"method.marks.{mark}")) for mark in Mark),
        rows=(*_item_rows(standard), *_level_rows(standard), *_other_rows()),
    )


def _row(what: Text, value: Text, source: Source) -> MethodRow:
    return MethodRow(what, value, source.text, say(f"method.mark.{source.mark}"))


def _item_rows(standard: Standard) -> list[MethodRow]:
    rows = []
    if source := standard.parts[0].source:
        titles = listed(part.title for part in standard.parts)
        rows.append(_row(say("method.row.frame"), titles, source))
    for item in standard.items:
        what = say("method.row.item", title=item.title)
        full = say("method.row.item_value", full=number(float(item.full)))
        rows.append(_row(what, full, item.source))
        if item.rate:
            what = say("method.row.rate", title=item.title)
            rows.append(_row(what, _bands(item), item.rate.source or item.source))
    return rows


def _bands(item: Item) -> Text:
    bounds = [] if item.rate is None else item.rate.upto
    told = ", ".join(f"≤ {number(float(bound * Fraction(100)))} %" for bound in bounds)
    return say("method.row.rate_value", bounds=told)


def _level_rows(standard: Standard) -> list[MethodRow]:
    rows = []
    if standard.scenes and (source := standard.scenes[0].source):
        binding = sum(scene.binding for scene in standard.scenes)
        value = say("method.row.scenes_value", count=len(standard.scenes), binding=binding)
        rows.append(_row(say("method.row.scenes"), value, source))
    for level in standard.levels:
        value = say(
            "method.row.level_value" if level.scenes else "method.row.level_points",
            score=points(float(level.score)),
            scenes=level.scenes,
            binding=level.binding,
        )
        what = say("method.row.level", level=level.name)
        if level.source:
            rows.append(_row(what, value, level.source))
    return rows


def _other_rows() -> list[MethodRow]:
    affordable = say(
        "method.row.affordable_value", rule=number(RULE * 100), warn=number(WARN * 100)
    )
    told = [
        ("size", say("method.row.size_value"), Mark.CONFIRMED),
        ("above", say("method.row.above_value"), Mark.CONFIRMED),
        ("affordable", affordable, Mark.DERIVED),
        ("costs", say("method.row.costs_value"), Mark.DERIVED),
    ]
    return [
        MethodRow(
            say(f"method.row.{id_}"),
            value,
            say(f"method.row.{id_}_source"),
            say(f"method.mark.{mark}"),
        )
        for id_, value, mark in told
    ]


def tell_estimates(case: Case) -> Estimates:
    """What is not measured, and what is not known, of this firm."""
    return Estimates(
        estimated_lead=say("estimates.estimated_lead"),
        estimated=tuple(_estimated(case)),
        unknown_lead=say("estimates.unknown_lead"),
        unknown=tuple(_unknown(case)),
    )


def _estimated(case: Case) -> list[EstimateRow]:
    rows = []
    catalogue, roadmap = case.reference.catalogue, case.roadmap
    if catalogue is not None and roadmap is not None and roadmap.projects:
        weak = sum(catalogue[p.id].confidence == "low" for p in roadmap.projects)
        sure = say("estimates.estimated.cost_sure", count=weak, of=len(roadmap.projects))
        rows.append(_told("estimated.cost", sure=sure))
        rows += [_told(f"estimated.{id_}") for id_ in ("months", "gain", "benefits")]
    counted = [id_ for id_ in case.reference.items if case.counts(id_) is not None]
    if counted:
        titles = listed(case.reference.titles[id_] for id_ in counted)
        rows.append(_told("estimated.band", titles=titles))
    if case.batch.profiles.size[case.row] >= 0:
        rows.append(_told("estimated.size"))
    return rows


def _unknown(case: Case) -> list[EstimateRow]:
    rows = []
    if case.missing:
        titles = joined(
            (
                say(
                    "estimates.open_answer",
                    title=case.reference.titles[id_],
                    state=state_text(case, id_),
                )
                for id_ in case.missing
            ),
            SEMICOLON,
        )
        rows.append(_told("unknown.answers", count=len(case.missing), titles=titles))
    if missing := unstated(case):
        rows.append(_told("unknown.firm", facts=listed(missing)))
    site = case.by("unknown.site")
    return [*rows, _told(site), *(_told(f"unknown.{id_}") for id_ in ("loss", "running"))]


def unstated(case: Case) -> list[Text]:
    """The facts of the firm block that the firm did not state."""
    firms, row = case.batch.sheets.firms, case.row
    given = {
        "industry": bool(firms.industry[row]),
        "region": bool(firms.region[row]),
        "employees": not isnan(firms.employees[row]),
        "revenue": not isnan(firms.revenue[row]),
    }
    return [front_say(f"profile.{id_}") for id_, there in given.items() if not there]


def _told(path: str, **values: object) -> EstimateRow:
    """A row whose title and text stand in the phrases side by side."""
    kind, id_ = path.split(".")
    return EstimateRow(
        say(f"estimates.{kind}.{id_}", **values), say(f"estimates.{kind}.{id_}_text", **values)
    )


def tell_notice(case: Case) -> tuple[Text, ...]:
    """What the report may be used for, and who sees it."""
    return (*(say(f"notice.{id_}") for id_ in NOTICE), say(case.by("notice.official")))
