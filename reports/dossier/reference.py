"""What all dossiers of one standard share: titles, numbers of questions, phrases, catalogue."""

from __future__ import annotations

from functools import cached_property

from models.peers import Grouping
from models.roadmap import Catalogue, Project
from models.roadmap.catalogue import Effect
from models.scoring import Scorer
from models.standard import Item, Part, Scene
from questionnaires.text import Text


class Reference:
    """Looked up once, read by every section of every dossier."""

    def __init__(
        self, scorer: Scorer, catalogue: Catalogue | None, grouping: Grouping | None
    ) -> None:
        self.scorer = scorer
        self.standard = scorer.standard
        self.questionnaire = scorer.questionnaire
        self.catalogue = catalogue
        self.grouping = grouping

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Question id → its number in Appendix A."""
        return {question.id: at for at, question in enumerate(self.questionnaire.questions, 1)}

    @cached_property
    def items(self) -> dict[str, Item]:
        """Question id → scored item."""
        return {item.question: item for item in self.standard.items}

    @cached_property
    def parts(self) -> dict[str, Part]:
        """Question id → the part its item belongs to."""
        return {item.question: part for part in self.standard.parts for item in part.items}

    @cached_property
    def scenes(self) -> dict[str, Scene]:
        """Question id → scene."""
        return {scene.question: scene for scene in self.standard.scenes}

    @cached_property
    def titles(self) -> dict[str, Text]:
        """Question id → a short title: the standard's where it judges it, else the question."""
        short = {id_: item.title for id_, item in self.items.items()}
        short |= {id_: scene.title for id_, scene in self.scenes.items()}
        asked = {question.id: question.label for question in self.questionnaire.questions}
        return asked | short

    @cached_property
    def raising(self) -> dict[str, list[tuple[Project, list[Effect]]]]:
        """Question id → the project types that may raise it, with their effects on it."""
        found: dict[str, dict[str, tuple[Project, list[Effect]]]] = {}
        for project in () if self.catalogue is None else self.catalogue.projects:
            for effect in project.effects:
                of_question = found.setdefault(effect.question, {})
                of_question.setdefault(project.id, (project, []))[1].append(effect)
        return {question: list(projects.values()) for question, projects in found.items()}

    @cached_property
    def judged(self) -> tuple[str, ...]:
        """The judged questions: items, then scenes."""
        return (*self.items, *self.scenes)

    @cached_property
    def binding(self) -> int:
        """How many scenes are binding."""
        return sum(scene.binding for scene in self.standard.scenes)

    @cached_property
    def full(self) -> float:
        """The most the standard can give."""
        return float(sum(part.full for part in self.standard.parts))
