"""Versions of a questionnaire: which there are, what changed between two, what an answer survives.

The present version lies in the library; earlier ones, while sheets still rest on them, beside it
as `library/earlier/<id>/<version>.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable

from questionnaires.check import check_answer
from questionnaires.loading import load, read_questionnaire
from questionnaires.model import Option, Question, Questionnaire

EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that is in both versions but not the same; `gone` and `new` are its options.

    `asked` says that it asks for another kind of answer, or takes other numbers or texts.
    """

    before: Question
    after: Question
    gone: tuple[Option, ...]
    new: tuple[Option, ...]
    asked: bool

    @property
    def reworded(self) -> bool:
        """Whether only words changed, so that every answer stays."""
        return not (self.gone or self.new or self.asked)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one version to another, by ids, in the order of the questionnaire."""

    gone: tuple[Question, ...]
    new: tuple[Question, ...]
    changed: tuple[Changed, ...]

    @property
    def nothing(self) -> bool:
        """Whether the same is asked in the same words."""
        return not (self.gone or self.new or self.changed)


@dataclass(frozen=True, slots=True)
class Carried:
    """The answers that go along to another version, and those that cannot, by question."""

    kept: Mapping[str, object]
    left: Mapping[str, object]


def compare(before: Questionnaire, after: Questionnaire) -> Difference:
    """What changed from `before` to `after`; where a question stands makes no difference."""
    both = [question for question in after.questions if question.id in before.index]
    pairs = [(before[question.id], question) for question in both]
    return Difference(
        gone=tuple(q for q in before.questions if q.id not in after.index),
        new=tuple(q for q in after.questions if q.id not in before.index),
        changed=tuple(_changed(old, new) for old, new in pairs if old != new),
    )


def carry(before: Questionnaire, after: Questionnaire, answers: Mapping[str, object]) -> Carried:
    """Take answers given to `before` along to `after`, where question and options still exist.

    An answer of which any part cannot be given any more is left as a whole, never shortened.
    """
    kept: dict[str, object] = {}
    left: dict[str, object] = {}
    for id_, raw in answers.items():
        fits = id_ in after.index and _fits(before, after[id_], raw)
        (kept if fits else left)[id_] = raw
    return Carried(kept, left)


def versions_of(questionnaire_id: str) -> tuple[str, ...]:
    """The versions that are here, the present one first."""
    present = load(questionnaire_id).version
    earlier = earlier_files(questionnaire_id).keys() - {present}
    return (present, *sorted(earlier, key=_in_order, reverse=True))


def earlier_files(questionnaire_id: str) -> Mapping[str, Traversable]:
    """The files of the earlier versions of a questionnaire, by version."""
    folder = files("questionnaires") / "library" / EARLIER / questionnaire_id
    found = list(folder.iterdir()) if folder.is_dir() else []
    return {f.name.removesuffix(".yaml"): f for f in found if f.name.endswith(".yaml")}


@lru_cache
def load_version(questionnaire_id: str, version: str) -> Questionnaire | None:
    """A version of a questionnaire that is here, read once; None where it is not.

    A patch version changes words only, so the one with the same major and minor number serves.
    """
    present = load(questionnaire_id)
    for known in versions_of(questionnaire_id):
        if line_of(known) == line_of(version):
            return present if known == present.version else _earlier(questionnaire_id, known)
    return None


def line_of(version: str) -> tuple[str, ...]:
    """The major and minor number: versions of one line take the same answers."""
    return tuple(version.split(".")[:2])


def _earlier(questionnaire_id: str, version: str) -> Questionnaire:
    with as_file(earlier_files(questionnaire_id)[version]) as path:
        return read_questionnaire(path)


def _in_order(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def _changed(before: Question, after: Question) -> Changed:
    old, new = before.option_index, after.option_index
    return Changed(
        before,
        after,
        gone=tuple(option for option in before.options if option.id not in new),
        new=tuple(option for option in after.options if option.id not in old),
        asked=_asked(before) != _asked(after),
    )


def _asked(question: Question) -> tuple[object, ...]:
    """What a question takes as an answer, its options aside."""
    return (
        question.kind, question.unit, question.minimum, question.maximum, question.length,
        question.may_not_apply,
    )  # fmt: skip


def _fits(before: Questionnaire, after: Question, raw: object) -> bool:
    """Whether an answer means the same and can still be given; a number means its unit, too."""
    if after.id not in before.index:
        return False
    old = before[after.id]
    same = (old.kind, old.unit) == (after.kind, after.unit)
    return same and check_answer(after, raw) is None
