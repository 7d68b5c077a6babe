"""A dossier as chapters of paragraphs, lists and tables: what the Word template is filled with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from questionnaires.text import Language, Text
from reports.dossier import Dossier
from reports.dossier.model.findings import Problem
from reports.dossier.model.plans import ProjectCard
from reports.dossier.model.visit import FindingCard, Sitting, VisitPart
from reports.dossier.wording import money, money_range, number
from reports.phrases import load_phrases
from reports.points import points
from reports.word.pieces import ASIDE, COLON, Chapter, Item, Wording

LINES = "＿" * 16


class Outline(Wording):
    """Makes the chapters of one dossier in one language."""

    def __init__(self, dossier: Dossier, language: Language) -> None:
        super().__init__(language)
        self.dossier = dossier

    def chapters(self) -> list[Chapter]:
        """All chapters in the order of the printed report."""
        told, visit = self.dossier, self.dossier.visit
        return [
            self._chapter("summary", self._summary()),
            self._chapter("profile", self._profile()),
            self._chapter("basis", self._basis()),
            *([self._chapter("process", self._process(visit))] if visit else []),
            self._chapter("result", self._result()),
            *([self._chapter("checked", self._checked(visit))] if visit else []),
            self._chapter("peers", self.texts((*told.peers.lead, told.peers.note))),
            self._chapter("gaps", self._gaps()),
            *([self._chapter("findings", self._findings(visit))] if visit else []),
            self._chapter("problems", self._problems()),
            *([self._chapter("needs", self._needs(visit))] if visit else []),
            self._chapter("plan", self._plan()),
            self._chapter("investment", self._investment()),
            self._chapter("actions", self._actions()),
            self._chapter("answers", self._answers()),
            self._chapter("method", self._method()),
            self._chapter("estimates", self._estimates()),
            self._chapter("notice", (self.bullet(text) for text in told.notice)),
            *([self._chapter("evidence", self._evidence(visit))] if visit else []),
            *([self._chapter("signing", self._signing(visit))] if visit else []),
        ]

    def _chapter(self, key: str, pieces: Iterable[Item]) -> Chapter:
        return Chapter(self.word(f"section.{key}"), list(pieces))

    def _summary(self) -> Iterator[Item]:
        summary = self.dossier.summary
        yield from self.texts((summary.headline,))
        figures = [(figure.label, figure.value, figure.note) for figure in summary.figures]
        yield from self.table(("what", "value", "explanation"), figures)
        yield from self.texts((summary.standing, summary.next))
        for key, lines in (("problems", summary.problems), ("projects", summary.projects)):
            if lines:
                yield self.part(self.word(f"part.{key}"))
            for line in lines:
                yield Item(
                    "label", self.say(line.text), self.say(line.title) + COLON[self.language]
                )
        yield self.part(self.word("part.ninety"))
        yield from (self.bullet(text) for text in summary.ninety)
        yield self.part(self.word("part.money"))
        yield from self.texts((summary.money, summary.caution))

    def _profile(self) -> Iterator[Item]:
        profile = self.dossier.profile
        yield from self.texts((profile.lead,))
        yield from self.facts(profile.facts)
        yield from self.texts(profile.remarks)

    def _basis(self) -> Iterator[Item]:
        basis = self.dossier.basis
        yield from self.texts(basis.lead)
        for key, texts in (("steps", basis.steps), ("limits", basis.limits)):
            yield self.part(self.word(f"part.{key}"))
            yield from (self.bullet(text) for text in texts)
        yield self.part(self.word("part.flags"))
        yield from self.texts((basis.flags_text,))
        for flag in basis.flags:
            yield Item("label", self.say(flag.text), self.say(flag.title) + COLON[self.language])
        yield self.part(self.word("part.versions"))
        yield from self.facts(basis.versions)

    def _process(self, visit: VisitPart) -> Iterator[Item]:
        yield from self.texts(visit.process_lead)
        for sitting in visit.sittings:
            yield from self._sitting(sitting)

    def _sitting(self, sitting: Sitting) -> Iterator[Item]:
        yield self.part(sitting.facts[0].label)
        yield from self.facts((*sitting.facts, *sitting.remarks))
        yield from self.table(("side", "name", "post"), sitting.people)
        yield from self.table(("asked", "said"), sitting.interviews)
        yield from self.table(("workshop", "seen"), sitting.workshops)
        yield from self.table(("document", "kept"), sitting.documents)

    def _result(self) -> Iterator[Item]:
        result = self.dossier.result
        yield from self.texts(result.lead)
        yield self.part(self.word("part.parts"))
        parts = [(p.title, points(p.points), points(p.full)) for p in result.parts]
        yield from self.table(("part", "points", "full"), parts)
        if result.scenes:
            yield self.part(self.word("part.scenes"))
            scenes = [
                (
                    self.say(scene.title) + (" ★" if scene.binding else ""),
                    "–" if scene.level is None else str(scene.level),
                    scene.state if scene.level is None else scene.meaning,
                )
                for scene in result.scenes
            ]
            yield from self.table(("scene", "level", "answer"), scenes)
            yield from self.texts((result.scenes_note,))
        yield self.part(self.word("part.items"))
        items = [
            (item.part, item.title, f"{points(item.points)} / {points(item.full)}")
            for item in result.items
        ]
        yield from self.table(("part", "question", "points"), items)

    def _checked(self, visit: VisitPart) -> Iterator[Item]:
        checked, same = visit.checked, load_phrases("visit")["checked.same"]
        yield from self.texts(checked.lead)
        yield from self.table(("what", "own_answer", "verified"), checked.outcome)
        rows = [
            (
                f"{row.number}. {self.say(row.label)}",
                row.own,
                row.verified,
                f"{self.say(row.reason if row.changed else same)} {self.say(row.evidence)}".strip(),
            )
            for row in checked.rows
        ]
        yield from self.table(("question", "own_answer", "verified", "change"), rows)

    def _gaps(self) -> Iterator[Item]:
        gaps = self.dossier.gaps
        yield from self.texts(gaps.lead)
        needs = [(n.title, points(n.have), points(n.required), n.text) for n in gaps.needs]
        yield from self.table(("what", "have", "required", "explanation"), needs)
        for way in gaps.ways:
            yield self.part(way.title)
            steps = [(step.title, step.before, step.after) for step in way.steps]
            yield from self.table(("question", "before", "after"), steps)

    def _findings(self, visit: VisitPart) -> Iterator[Item]:
        say = load_phrases("visit")
        yield from self.texts(visit.findings_lead)
        for card in visit.findings:
            where = card.scene or say["findings.everywhere"]
            title = say["findings.title"].format(number=card.number)
            yield self.part(f"{self.say(title)}  {self.say(where)}")
            yield from self._finding(card)

    def _finding(self, card: FindingCard) -> Iterator[Item]:
        tag = [card.severity, card.effect_kind, card.cause_kind, card.rests or ""]
        if card.security:
            tag.insert(0, load_phrases("visit")["findings.security"])
        yield Item("text", " · ".join(filter(None, map(self.say, tag))))
        parts = (
            ("card.fact", card.fact),
            ("card.proof", card.evidence),
            ("card.effect", card.effect),
            ("card.cause", card.cause),
            ("card.projects", card.answered),
        )
        for key, text in parts:
            yield from self.label(key, text)

    def _needs(self, visit: VisitPart) -> Iterator[Item]:
        yield from self.texts(visit.needs.lead)
        yield from self.facts(visit.needs.facts)
        yield from self.texts((visit.needs.goals,))

    def _problems(self) -> Iterator[Item]:
        problems = self.dossier.problems
        yield from self.texts(problems.lead)
        for group in problems.groups:
            yield self.part(group.title)
            yield from self.texts((group.text,))
            rows = [self._problem(problem) for problem in group.problems]
            yield from self.table(("what", "before", "explanation", "action"), rows)

    def _problem(self, problem: Problem) -> tuple[Text | str, ...]:
        title = f"{problem.number}. {self.say(problem.title)}"
        return title, problem.fact, problem.why, problem.answer

    def _plan(self) -> Iterator[Item]:
        plan = self.dossier.plan
        yield from self.texts(plan.lead)
        rows = [(card.name, str(card.year), card.months, self._price(card)) for card in plan.cards]
        yield from self.table(("project", "year", "days", "cost"), rows)
        for at, card in enumerate(plan.cards, 1):
            yield self.part(f"{at}. {self.say(card.name)}")
            yield from self._card(card)

    def _price(self, card: ProjectCard) -> str:
        if not card.cost_high:
            return self.say(load_phrases("charts")["to_quote"])
        spread = money_range(card.cost_low, card.cost_high)
        return ASIDE[self.language].format(self.say(money(card.cost)), self.say(spread))

    def _card(self, card: ProjectCard) -> Iterator[Item]:
        yield from self.texts((card.summary,))
        yield from self.label("card.why", card.why)
        yield from self.label("card.cost", f"{self._price(card)} {self.say(card.cost_note)}")
        yield from self.label("card.override", card.override)
        needs = [
            ASIDE[self.language].format(*map(self.say, (p.name, p.state)))
            for p in card.prerequisites
        ]
        for key, texts in (
            ("scope", card.scope),
            ("prerequisites", needs),
            ("benefits", [benefit.text for benefit in card.benefits]),
            ("acceptance", card.acceptance),
        ):
            yield from self.listed(f"card.{key}", texts)
        yield from self.label("card.risk", card.risk)

    def _investment(self) -> Iterator[Item]:
        investment = self.dossier.investment
        yield from self.texts(investment.lead)
        rows = [
            (str(y.year), number(y.low), number(y.mid), number(y.high), y.share_text, y.verdict)
            for y in investment.years
        ]
        yield from self.table(("year", "low", "mid", "high", "share", "verdict"), rows)
        yield from self.texts(investment.notes)

    def _actions(self) -> Iterator[Item]:
        actions = self.dossier.actions
        yield from self.texts((actions.lead,))
        rows = [
            (f"{a.days[0]}–{a.days[1]}", a.title, a.text, a.owner, a.done_when)
            for a in actions.actions
        ]
        yield from self.table(("days", "action", "explanation", "owner", "done_when"), rows)

    def _answers(self) -> Iterator[Item]:
        for section in self.dossier.answers:
            yield self.part(section.title)
            rows = [(row.label, row.answer, row.state) for row in section.rows]
            yield from self.table(("question", "answer", "state"), rows)

    def _method(self) -> Iterator[Item]:
        method = self.dossier.method
        yield from self.texts(method.paragraphs)
        rows = [(row.what, row.value, row.source, row.mark) for row in method.rows]
        yield from self.table(("what", "value", "source", "mark"), rows)

    def _estimates(self) -> Iterator[Item]:
        told = self.dossier.estimates
        for lead, rows in (
            (told.estimated_lead, told.estimated),
            (told.unknown_lead, told.unknown),
        ):
            yield from self.texts((lead,))
            yield from self.table(("what", "explanation"), [(row.what, row.text) for row in rows])

    def _evidence(self, visit: VisitPart) -> Iterator[Item]:
        yield from self.texts((visit.evidence_note,))
        rows = [(row.id, row.name, row.about) for row in visit.evidence]
        yield from self.table(("evidence_id", "evidence_name", "shows"), rows)

    def _signing(self, visit: VisitPart) -> Iterator[Item]:
        for signing in visit.signings:
            yield self.part(signing.title)
            yield from self.texts((signing.statement,))
            for line in signing.lines:
                yield Item("label", LINES, self.say(line) + COLON[self.language])
