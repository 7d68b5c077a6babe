"""Questionnaires from their files, loaded once and never changed."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

from questionnaires.errors import QuestionnaireInvalid, QuestionnaireUnknown
from questionnaires.linting import parse_file
from questionnaires.model import Questionnaire
from questionnaires.problems import hint
from questionnaires.text import Text


def read_questionnaire(path: Path | str) -> Questionnaire:
    """The questionnaire in a file.

    Raises `QuestionnaireInvalid`, with the linter's findings, where the file has any.
    """
    questionnaire, findings = parse_file(path)
    if questionnaire is None:
        raise QuestionnaireInvalid(findings)
    return questionnaire


def library() -> tuple[str, ...]:
    """The ids of the questionnaires that come with the package."""
    folder = files("questionnaires") / "library"
    return tuple(sorted(Path(f.name).stem for f in folder.iterdir() if f.name.endswith(".yaml")))


@lru_cache
def load(questionnaire_id: str) -> Questionnaire:
    """A questionnaire of the library, read once.

    Raises `QuestionnaireUnknown` where the library holds none of that id, `QuestionnaireInvalid`
    where its file has faults.
    """
    ids = library()
    if questionnaire_id not in ids:
        meant = hint(questionnaire_id, ids)
        raise QuestionnaireUnknown(
            Text(
                "没有问卷“{id}”，现有：{ids}。{hint}",
                'There is no questionnaire "{id}"; there are: {ids}.{hint}',
            ).format(id=questionnaire_id, ids=", ".join(ids), hint=meant)
        )
    with as_file(files("questionnaires") / "library" / f"{questionnaire_id}.yaml") as path:
        return read_questionnaire(path)
