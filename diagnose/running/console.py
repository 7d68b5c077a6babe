"""What `diagnose run` says: progress on a terminal, a summary for people, silence in a pipe."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from questionnaires.text import Language, Text

STAGES = {
    "read": Text("读取答卷", "Reading sheets"),
    "score": Text("评分定级", "Scoring"),
    "peers": Text("分组对标", "Finding peers"),
    "roadmap": Text("规划路线", "Planning roadmaps"),
    "report": Text("生成报告", "Writing reports"),
    "roster": Text("导入名录", "Importing the roster"),
    "pilot": Text("去年的试点诊断", "Last year's pilot"),
    "played": Text("今年的诊断", "This year's diagnoses"),
    "printed": Text("印制报告", "Printing reports"),
    "programme": Text("项目、资金、任务、通报", "Projects, money, tasks, bulletins"),
}
IN_BYTES = frozenset({"read"})


class Teller:
    """Shows one bar a stage on a terminal; elsewhere it says nothing."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.console = Console(stderr=True)
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.fields[counted]}"),
            TimeRemainingColumn(),
            console=self.console,
            disable=not sys.stderr.isatty(),
        )
        self.tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.progress.stop()

    def told(self, stage: str, done: int, of: int) -> None:
        """Move the bar of `stage` to `done` of `of`."""
        if stage not in self.tasks:
            description = STAGES[stage].to(self.language)
            self.tasks[stage] = self.progress.add_task(description, total=of, counted="")
        counted = "" if stage in IN_BYTES else f"{done}/{of}"
        self.progress.update(self.tasks[stage], completed=done, total=of, counted=counted)
