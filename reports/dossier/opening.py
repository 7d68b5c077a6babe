"""The open edition of a report: what may leave the firm and its provider."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from models.scoring import Scorer
from questionnaires.text import Text
from reports.dossier.case import NONE
from reports.dossier.model.appendices import AnswerRow
from reports.dossier.model.dossier import Dossier
from reports.dossier.model.findings import Gaps, Peers, Problems, Result, WayStep
from reports.dossier.model.front import Basis, Summary
from reports.dossier.model.plans import Action, Actions, Plan, ProjectCard
from reports.dossier.model.visit import FindingCard, VisitPart
from reports.phrases import Phrasebook

say = Phrasebook("opening")
front_say = Phrasebook("front")
plans_say = Phrasebook("plans")
visit_say = Phrasebook("visit")

SEVERE = 3


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept back: sensitive `questions`, `features` made of them alone, linked `projects`.

    `titles` are the names of those features.
    """

    questions: frozenset[str]
    features: frozenset[str]
    titles: frozenset[Text]
    projects: frozenset[str]

    def only(self, questions: Collection[str]) -> bool:
        """Whether something rests on sensitive answers and on nothing else."""
        return bool(questions) and self.questions.issuperset(questions)

    def any(self, questions: Collection[str]) -> bool:
        """Whether something rests on a sensitive answer."""
        return not self.questions.isdisjoint(questions)


def open_edition(dossier: Dossier, scorer: Scorer) -> Dossier:
    """The same report without security findings and answers to sensitive questions.

    Level, points by part, names and costs of projects stay. What rests on a sensitive answer goes
    with it, and so does the fingerprint of the sheet, from which the few possible answers to it
    could be tried out. Whether there was anything to leave out is not said.
    """
    kept = _kept_back(dossier, scorer)
    gone = [action for action in dossier.actions.actions if kept.only(action.questions)]
    problems = _problems(dossier.problems, kept)
    return replace(
        dossier,
        cover=replace(dossier.cover, handling=say("handling")),
        summary=_summary(dossier.summary, problems, gone),
        basis=_basis(dossier.basis),
        result=_result(dossier.result, kept),
        peers=_peers(dossier.peers, kept),
        gaps=_gaps(dossier.gaps, kept),
        problems=problems,
        plan=_plan(dossier.plan, kept),
        actions=_actions(dossier.actions, gone),
        answers=tuple(
            replace(section, rows=tuple(_answer(row, kept) for row in section.rows))
            for section in dossier.answers
        ),
        notice=tuple(_notice(text) for text in dossier.notice),
        visit=None if dossier.visit is None else _visit(dossier.visit, kept),
    )


def _kept_back(dossier: Dossier, scorer: Scorer) -> _Kept:
    asked = frozenset(q.id for q in scorer.questionnaire.questions if q.sensitive)
    features = [f for f in scorer.standard.features if asked.issuperset(f.questions)]
    cards = () if dossier.visit is None else dossier.visit.findings
    return _Kept(
        questions=asked,
        features=frozenset(feature.id for feature in features),
        titles=frozenset(feature.title for feature in features),
        projects=frozenset(
            project for card in cards if _is_closed(card, asked) for project in card.projects
        ),
    )


def _is_closed(card: FindingCard, asked: frozenset[str]) -> bool:
    return card.security or not asked.isdisjoint(card.questions)


def _summary(summary: Summary, problems: Problems, gone: list[Action]) -> Summary:
    left = {str(problem.number) for group in problems.groups for problem in group.problems}
    dropped = {action.title for action in gone}
    found = tuple(each for each in summary.problems if each.ref in left)
    return replace(
        summary,
        problems=found,
        no_problems=summary.no_problems if found else say("withheld"),
        ninety=tuple(title for title in summary.ninety if title not in dropped),
    )


def _basis(basis: Basis) -> Basis:
    fingerprint = front_say("basis.version.sheet")
    return replace(
        basis, versions=tuple(fact for fact in basis.versions if fact.label != fingerprint)
    )


def _result(result: Result, kept: _Kept) -> Result:
    return replace(
        result,
        axes=tuple(axis for axis in result.axes if axis.id not in kept.features),
        scenes=tuple(cell for cell in result.scenes if cell.question not in kept.questions),
        items=tuple(item for item in result.items if item.question not in kept.questions),
    )


def _peers(peers: Peers, kept: _Kept) -> Peers:
    return replace(
        peers, reasons=tuple(row for row in peers.reasons if row.title not in kept.titles)
    )


def _gaps(gaps: Gaps, kept: _Kept) -> Gaps:
    ways = (replace(w, steps=tuple(_step(step, kept) for step in w.steps)) for w in gaps.ways)
    return replace(gaps, ways=tuple(ways))


def _step(step: WayStep, kept: _Kept) -> WayStep:
    if step.question not in kept.questions:
        return step
    return replace(step, before=say("withheld"), after=say("withheld"))


def _problems(problems: Problems, kept: _Kept) -> Problems:
    groups = []
    for group in problems.groups:
        left = tuple(each for each in group.problems if not kept.any(each.questions))
        if left:
            groups.append(replace(group, problems=left))
    return Problems((*problems.lead, say("note")), tuple(groups))


def _plan(plan: Plan, kept: _Kept) -> Plan:
    return replace(plan, cards=tuple(_card(card, kept) for card in plan.cards))


def _card(card: ProjectCard, kept: _Kept) -> ProjectCard:
    raised = [row.question for row in card.raises]
    linked = card.id in kept.projects
    if not linked and not kept.any((*card.because, *raised)):
        return card
    card = replace(
        card,
        why=say("withheld"),
        raises=tuple(row for row in card.raises if row.question not in kept.questions),
        override=card.override and NONE.zh,
    )
    if not linked:
        return card
    return replace(card, summary=say("withheld"), acceptance=(say("withheld"),))


def _actions(actions: Actions, gone: list[Action]) -> Actions:
    return replace(actions, actions=tuple(each for each in actions.actions if each not in gone))


def _answer(row: AnswerRow, kept: _Kept) -> AnswerRow:
    if row.question not in kept.questions:
        return row
    return replace(row, answer=NONE, state=say("withheld"), points=None, full=None)


def _notice(text: Text) -> Text:
    return say("notice") if text == plans_say("notice.security") else text


def _visit(visit: VisitPart, kept: _Kept) -> VisitPart:
    closed = [card for card in visit.findings if _is_closed(card, kept.questions)]
    cards = tuple(card for card in visit.findings if card not in closed)
    hidden = [row for row in visit.checked.rows if row.question in kept.questions]
    rows = tuple(row for row in visit.checked.rows if row not in hidden)
    proofs = [*(card.evidence for card in closed), *(row.evidence for row in hidden)]
    shown = {id_ for proof in proofs for id_ in proof.split()}
    high = sum(card.weight == SEVERE for card in cards)
    lead = visit_say("findings.none")
    if cards:
        lead = visit_say("findings.lead", count=len(cards), high=high)
    return replace(
        visit,
        checked=replace(visit.checked, rows=rows),
        findings_lead=(lead, say("note")),
        findings=cards,
        evidence=tuple(
            each
            for each in visit.evidence
            if each.id not in shown and each.question not in kept.questions
        ),
    )
