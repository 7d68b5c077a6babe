"""What can stop the work with questionnaires and answer sheets."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaires.linting.findings import Finding
from questionnaires.text import Text


class QuestionnaireInvalid(Exception):
    """A questionnaire file has faults; `findings` are the linter's, never empty."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(str(finding) for finding in self.findings))


class QuestionnaireUnknown(LookupError):
    """The library holds no questionnaire of that id; `message` names those it holds."""

    def __init__(self, message: Text) -> None:
        self.message = message
        super().__init__(message.en)


class SheetsUnreadable(Exception):
    """Nothing in the file can be read as answer sheets; `message` says why and what to do."""

    def __init__(self, message: Text) -> None:
        self.message = message
        super().__init__(message.en)
