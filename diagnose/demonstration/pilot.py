"""The year before: some firms answered, and a pilot of three industries was diagnosed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from diagnose.demonstration.acting import play_all
from diagnose.demonstration.earlier import keep_earlier_sheets
from diagnose.demonstration.press import Press
from diagnose.demonstration.scene import Scene
from diagnose.demonstration.staging import Stage
from diagnose.demonstration.timetable import Timetable
from diagnose.records import Actor, Assessment, Firm
from diagnose.workflow import open_diagnosis

INDUSTRIES = 3
EACH, SHARE = 8, 30  # firms of an industry, at most one in so many of the district
TAKING_PART = 0.4  # of the firms that answer this year, so many answered the year before
ANSWERING = timedelta(days=25)


def choose_pilots(industries: Sequence[str], able: Sequence[bool]) -> tuple[int, ...]:
    """The rows of some able firms of the three largest industries."""
    rows = [row for row, each in enumerate(able) if each and industries[row]]
    sizes = Counter(industries[row][:2] for row in rows)
    each = min(EACH, len(industries) // SHARE)
    return tuple(
        row
        for division, _firms in sizes.most_common(INDUSTRIES)
        for row in [r for r in rows if industries[r][:2] == division][:each]
    )


def play_pilot(
    scene: Scene,
    firms: Sequence[Firm],
    table: Timetable,
    able: Sequence[bool],
    press: Press,
    told: Callable[[int, int], None],
) -> None:
    """Let the firms of `table` be diagnosed up to their accepted reports, and more firms answer."""
    rows = sorted({step.row for step in table.steps})
    if not rows:
        return
    moments = _moments(scene, firms, rows, able, table.opened - ANSWERING)
    sheets = keep_earlier_sheets(scene, moments)
    actor = Actor(scene.cast.officer.id, at=table.opened)
    diagnoses = {row: open_diagnosis(scene.session, firms[row], actor) for row in rows}
    for row, diagnosis in diagnoses.items():
        diagnosis.assessment_id = sheets[firms[row].id or 0]
        _sign(scene, diagnosis.assessment_id, row)
    scene.session.flush()
    whole = (scene.session, scene.store, scene.cast, tuple(firms), diagnoses, press)
    play_all(Stage(*whole, insist=True), table.steps, told)


def _moments(
    scene: Scene,
    firms: Sequence[Firm],
    pilots: Sequence[int],
    able: Sequence[bool],
    since: datetime,
) -> Mapping[int, datetime]:
    """When each firm that answered the year before did so."""
    rng = scene.rng
    taking = [row for row, each in enumerate(able) if each and rng.random() < TAKING_PART]
    rows = sorted({*pilots, *taking})
    return {firms[row].id or 0: since + ANSWERING * float(rng.random()) for row in rows}


def _sign(scene: Scene, assessment_id: int, row: int) -> None:
    sheet = scene.session.get_one(Assessment, assessment_id)
    sheet.pledged_by, sheet.pledged_post = scene.cast.heads[row], "总经理"
