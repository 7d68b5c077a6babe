"""How the diagnosis was made: what it rests on, what was done, what it cannot say."""

from __future__ import annotations

from hashlib import sha256

from models.roadmap import Catalogue
from models.standard import Standard
from questionnaires.model import Questionnaire
from questionnaires.text import Text
from reports.dossier.case import Case
from reports.dossier.model.front import Basis, Fact, QualityFlag
from reports.dossier.wording import percent, plain
from reports.phrases import Phrasebook
from reports.points import points

say = Phrasebook("front")


def tell_basis(case: Case) -> Basis:
    """The basis; it says plainly whether anything was verified on site."""
    flags = _flags(case)
    return Basis(
        lead=(say(case.by("basis.lead.self")), *_answered(case)),
        answered=case.answered,
        of=case.of,
        steps=_steps(case),
        flags_text=_flags_text(case, flags),
        flags=flags,
        limits=_limits(case),
        versions=_versions(case),
    )


def _limits(case: Case) -> tuple[Text, ...]:
    bound_to_site = (say(case.by(f"basis.limits.{id_}")) for id_ in ("site", "cause"))
    return (*bound_to_site, *(say(f"basis.limits.{id_}") for id_ in ("money", "official")))


def _answered(case: Case) -> list[Text]:
    share = percent(case.answered, case.of)
    said = [say("basis.lead.answered", answered=case.answered, of=case.of, percent=share)]
    if case.answered == case.of:
        return [*said, say("basis.lead.complete")]
    count = case.of - case.answered
    if not case.could_add:
        return [*said, say("basis.lead.missing_scenes", count=count)]
    return [*said, say("basis.lead.missing", count=count, points=points(case.could_add))]


def _steps(case: Case) -> tuple[Text, ...]:
    done = [say("basis.steps.read")]
    if case.visited is not None:
        done.append(say("basis.steps.visit"))
    done.append(say("basis.steps.score", standard=case.reference.standard.title))
    batch = case.batch
    for id_, found in (
        ("quality", batch.quality),
        ("peers", batch.standing),
        (case.by("plan"), batch.roadmaps),
    ):
        if found is not None:
            done.append(say(f"basis.steps.{id_}"))
    return tuple(done)


def _flags(case: Case) -> tuple[QualityFlag, ...]:
    raised = () if case.batch.quality is None else case.batch.quality.reasons(case.row)
    flags = [
        QualityFlag(id_, say(f"basis.flags.{id_}.title"), say(f"basis.flags.{id_}.text"))
        for id_ in raised
    ]
    return (*flags, *(_conflict(case, question) for question in case.explanation.conflicts))


def _conflict(case: Case, question: str) -> QualityFlag:
    part, whole = case.counts(question) or (0.0, 0.0)
    kind = "over" if part > whole else "rate"
    text = say(f"basis.flags.{kind}.text", question=case.reference.titles[question])
    return QualityFlag("rate", say(f"basis.flags.{kind}.title"), text)


def _flags_text(case: Case, flags: tuple[QualityFlag, ...]) -> Text:
    if flags:
        return say("basis.flags.some")
    return say("basis.flags.absent" if case.batch.quality is None else "basis.flags.none")


def _versions(case: Case) -> tuple[Fact, ...]:
    reference = case.reference
    used: list[tuple[str, Questionnaire | Standard | Catalogue]] = [
        ("questionnaire", reference.questionnaire),
        ("standard", reference.standard),
    ]
    if reference.catalogue is not None:
        used.append(("catalogue", reference.catalogue))
    facts = [
        Fact(
            say(f"basis.version.{id_}"),
            say("basis.version.value", id=what.id, version=what.version, hash=what.hash),
        )
        for id_, what in used
    ]
    sheet = Fact(say("basis.version.sheet"), say("basis.version.hash", hash=_fingerprint(case)))
    return (*facts, sheet, Fact(say("basis.version.date"), plain(case.day.isoformat())))


def _fingerprint(case: Case) -> str:
    """SHA-256 of the firm's answers as the questionnaire orders them."""
    questions = case.reference.questionnaire.questions
    answers = [(q.id, int(case.state(q.id)), str(case.value(q.id))) for q in questions]
    return sha256(repr(answers).encode()).hexdigest()
