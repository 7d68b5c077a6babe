"""What a diagnosis adds: the visit, verified answers, findings, evidence, pages to sign."""

from __future__ import annotations

from datetime import datetime

from models.firms import profile_firms
from questionnaires.clock import HERE
from questionnaires.text import Text
from reports.dossier.batch import Batch
from reports.dossier.case import NONE, Case, listed
from reports.dossier.model.front import Fact
from reports.dossier.model.visit import (
    Checked,
    CheckedRow,
    Evidence,
    FindingCard,
    Signing,
    Sitting,
    VisitPart,
)
from reports.dossier.needs import tell_needs
from reports.dossier.states import state_text
from reports.dossier.visited import Check, FindingRecord, Visited, VisitRecord
from reports.dossier.wording import plain
from reports.phrases import Phrasebook
from reports.points import points

say = Phrasebook("visit")

SEVERITIES = ("low", "middle", "high")
SEVERE = len(SEVERITIES)
SECOND_LEVEL = 2
SIGNINGS = {
    "firm": ("opinion", "head", "seal", "date"),
    "team": ("lead", "member", "checker", "seal", "date"),
    "review": ("opinion", "reviewer", "date"),
}


def tell_visit(case: Case, visited: Visited) -> VisitPart:
    """The parts of a report that rest on the visit."""
    findings = tuple(_finding(case, at, found) for at, found in enumerate(visited.findings, 1))
    high = sum(found.weight == SEVERE for found in findings)
    count = {"count": len(findings), "high": high}
    return VisitPart(
        process_lead=_process_lead(visited),
        sittings=tuple(_sitting(at, visit) for at, visit in enumerate(visited.visits, 1)),
        checked=_checked(case, visited),
        findings_lead=(say("findings.lead", **count) if findings else say("findings.none"),),
        findings=findings,
        needs=tell_needs(case, visited),
        evidence_note=say("evidence.note" if visited.evidence else "evidence.none"),
        evidence=tuple(_evidence(case, *each) for each in visited.evidence),
        signings=_signings(visited),
    )


def _process_lead(visited: Visited) -> tuple[Text, ...]:
    who = {"provider": visited.provider, "lead": visited.lead or "—"}
    held = say("process.lead", count=len(visited.visits), **who)
    interest = say("process.no_interest")
    if visited.interest:
        interest = say("process.interest", interest=visited.interest)
    return (held if visited.visits else say("process.none"), interest, say("process.verbatim"))


def _sitting(at: int, visit: VisitRecord) -> Sitting:
    facts = [Fact(say("process.sitting", number=at, day=visit.day.isoformat()), _time(visit))]
    if visit.place:
        facts.append(Fact(say("process.place"), plain(visit.place)))
    told = ("opening", "closing", "wishes", "limits")
    return Sitting(
        day=visit.day,
        facts=tuple(facts),
        people=tuple(_person(person) for person in visit.people),
        interviews=tuple((row.get("who", ""), row.get("points", "")) for row in visit.interviews),
        workshops=tuple((row.get("name", ""), row.get("seen", "")) for row in visit.workshops),
        documents=tuple(_document(row) for row in visit.documents),
        remarks=tuple(
            Fact(say(f"process.{id_}"), plain(getattr(visit, id_)))
            for id_ in told
            if getattr(visit, id_)
        ),
    )


def _time(visit: VisitRecord) -> Text:
    if visit.started is None:
        return say("process.planned", day=visit.planned.isoformat())
    end = _clock(visit.ended) if visit.ended else "—"
    return say("process.span", start=_clock(visit.started), end=end)


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(HERE):%Y-%m-%d %H:%M}"


def _person(person: object) -> tuple[Text, str, str]:
    held: dict[str, str] = dict(person)  # type: ignore[call-overload]  # a row of the record
    side = "provider" if held.get("side") == "provider" else "firm"
    post = " ".join(filter(None, (held.get("department", ""), held.get("post", ""))))
    return say(f"process.{side}"), held.get("name", ""), post


def _document(row: object) -> tuple[str, Text]:
    held: dict[str, object] = dict(row)  # type: ignore[call-overload]  # a row of the record
    return str(held.get("title", "")), say("process.kept" if held.get("kept") else "process.seen")


def _checked(case: Case, visited: Visited) -> Checked:
    own = _own(case, visited)
    asked = [question for question in case.reference.numbers if question in visited.checks]
    rows = tuple(_row(case, own, question, visited.checks[question]) for question in asked)
    changed = sum(row.changed for row in rows)
    if not rows:
        return Checked((say("checked.none"),), (), ())
    lead = say("checked.lead", count=len(rows), changed=changed)
    return Checked((lead,), _outcome(case, own), rows)


def _own(case: Case, visited: Visited) -> Case:
    """The firm as it stood by its own answers."""
    sheets, scorer = visited.own, case.reference.scorer
    batch = Batch(sheets, profile_firms(sheets.firms), scorer.score(sheets))
    return Case(case.reference, batch, 0, case.day)


def _row(case: Case, own: Case, question: str, check: Check) -> CheckedRow:
    return CheckedRow(
        question=question,
        number=case.reference.numbers[question],
        label=case.reference.titles[question],
        own=_answer(own, question),
        verified=_answer(case, question),
        changed=check.changed,
        reason=check.why,
        evidence=check.evidence,
    )


def _answer(case: Case, question: str) -> Text:
    told = case.answer(question)
    return state_text(case, question) if told is NONE else told


def _outcome(case: Case, own: Case) -> tuple[tuple[Text, Text, Text], ...]:
    name = case.reference.standard.level_name
    rows = [
        (say("checked.points"), plain(points(own.score)), plain(points(case.score))),
        (say("checked.level"), name(own.level), name(case.level)),
    ]
    if case.reference.scenes:
        before, after = (plain(_scenes(each)) for each in (own, case))
        rows.append((say("checked.scenes"), before, after))
    return tuple(rows)


def _scenes(case: Case) -> int:
    return sum((level or 0) >= SECOND_LEVEL for level in case.scene_levels.values())


def _finding(case: Case, at: int, found: FindingRecord) -> FindingCard:
    return FindingCard(
        number=at,
        scene=case.reference.titles.get(found.scene),
        fact=found.fact,
        evidence=found.evidence,
        effect_kind=say(f"findings.effect.{found.effect_kind}"),
        effect=found.effect,
        cause_kind=say(f"findings.cause.{found.cause_kind}"),
        cause=found.cause,
        severity=say(f"findings.severity.{SEVERITIES[found.severity - 1]}"),
        weight=found.severity,
        security=found.security,
        questions=found.questions,
        rests=_rests(case, found),
        projects=found.projects,
        answered=_answered(case, found),
    )


def _rests(case: Case, found: FindingRecord) -> Text | None:
    numbers = case.reference.numbers
    asked = sorted(numbers[id_] for id_ in found.questions if id_ in numbers)
    if not asked:
        return None
    return say("findings.rests", numbers=listed(plain(at) for at in asked))


def _answered(case: Case, found: FindingRecord) -> Text:
    catalogue, roadmap = case.reference.catalogue, case.roadmap
    planned = () if catalogue is None or roadmap is None else roadmap.projects
    named = [
        say("findings.project", name=catalogue[project.id].name, year=project.year)
        for project in planned
        if catalogue is not None and project.id in found.projects
    ]
    return listed(named) if named else say("findings.no_project")


def _evidence(case: Case, id_: str, name: str, question: str) -> Evidence:
    numbers, titles = case.reference.numbers, case.reference.titles
    if question not in numbers:
        return Evidence(id_, name, say("evidence.general"))
    about = say("evidence.question", number=numbers[question], title=titles[question])
    return Evidence(id_, name, about, question)


def _signings(visited: Visited) -> tuple[Signing, ...]:
    version = say("draft") if visited.version == 0 else say("version", version=visited.version)
    return tuple(
        Signing(
            title=say(f"signing.{id_}.title"),
            statement=say(f"signing.{id_}.statement", number=visited.number, version=version),
            lines=tuple(say(f"signing.lines.{line}") for line in lines),
        )
        for id_, lines in SIGNINGS.items()
    )
