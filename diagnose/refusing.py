"""What is raised to whoever asked for something that cannot be done."""

from __future__ import annotations

from questionnaires.text import Text


class Refused(Exception):  # names what the user meets
    """It cannot be done; `message` says why, in the user's words."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


class RefusedFor(Exception):  # names what the user meets
    """It cannot be done; `problems` say why, all at once, in the user's words."""

    def __init__(self, *problems: Text) -> None:
        super().__init__("; ".join(problem.en for problem in problems))
        self.problems = problems
