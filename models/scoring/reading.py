"""Standards as files, `models/standards/<id>.yaml`.

    id: sme-2024                    # and the file's name
    version: 1.0.0                  # major.minor.patch; a patch never changes a score
    title: {zh: …, en: …}
    questionnaire: sme-2024         # the questionnaire it judges
    sources:                        # where numbers come from, and how sure they are
      points: {mark: reported, text: {zh: …, en: …}}   # confirmed reported remembered derived
    level_rule: points_and_scenes   # of models.scoring.levels.LEVEL_RULES
    no_level: {zh: …, en: …}
    levels:                         # ascending from 1; a level takes all it names
      - {number: 1, name: {…}, score: 20, scenes: 6, binding: 3, source: level-rule}
                                    # scenes, binding: default 0; beyond: true = more than score
    parts:
      - id: foundation
        title: {…}
        source: points
        items:
          - question: network
            title: {…}
            rule: sum               # of models.scoring.rules.RULES
            full: 8                 # the most it can give
            points: {none: 0, a: 2} # by option id
            source: points
            rate: {numerator: q, denominator: q, upto: [0.1, 0.2], source: bands}   # optional
    chains: {lifecycle: {…}}        # optional, with scenes
    scenes:
      - {question: scene_quality, title: {…}, chain: lifecycle, binding: true, source: scenes}
    features:                       # what peer groups are read from
      - {id: network, title: {…}, questions: [network]}

Numbers are decimals (`0.7`) or fractions (`5/9`) and are read exactly, never as floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

from models.scoring.building import StandardBuilder
from models.standard import Standard
from questionnaires.linting.findings import Finding
from questionnaires.problems import hint
from questionnaires.text import Text


class StandardUnknown(LookupError):
    """The library holds no standard of that id; `message` names those it holds."""

    def __init__(self, message: Text) -> None:
        self.message = message
        super().__init__(message.en)


class StandardInvalid(Exception):
    """A standard's file has faults; `findings` are the linter's, never empty."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(str(finding) for finding in self.findings))


def standard_ids() -> tuple[str, ...]:
    """The ids of the standards that come with the package."""
    folder = files("models") / "standards"
    return tuple(sorted(Path(f.name).stem for f in folder.iterdir() if f.name.endswith(".yaml")))


@lru_cache
def load_standard(standard_id: str) -> Standard:
    """A standard of the library, read once.

    Raises `StandardUnknown` where the library holds none of that id, `StandardInvalid` where its
    file has faults.
    """
    ids = standard_ids()
    if standard_id not in ids:
        raise StandardUnknown(
            Text(
                "没有评测标准“{id}”，现有：{ids}。{hint}",
                'There is no standard "{id}"; there are: {ids}.{hint}',
            ).format(id=standard_id, ids=", ".join(ids), hint=hint(standard_id, ids))
        )
    with as_file(files("models") / "standards" / f"{standard_id}.yaml") as path:
        return read_standard(path)


def read_standard(path: Path | str) -> Standard:
    """The standard in a file; raises `StandardInvalid` where it has faults."""
    standard, findings = parse_standard(path)
    if standard is None:
        raise StandardInvalid(findings)
    return standard


def parse_standard(path: Path | str) -> tuple[Standard | None, list[Finding]]:
    """The standard, None where there are findings, and the findings in the order of lines."""
    builder = StandardBuilder()
    return builder.parse(path, builder.standard)
