"""What acceptance compares: parts and scenes of the sheet before the works and the one after."""

import pytest

from diagnose.reading import judge, raw_firm, standard
from diagnose.retrofits.comparing import compare, reached_by_id
from questionnaires.check import check_rows
from questionnaires.reading import RawSheet
from tests.diagnose.diagnosed import make_sheet
from tests.diagnose.people import make_firm
from tests.diagnose.projects import make_acceptance, make_project
from tests.reports.dossier.dossier_cases import MIDDLING, QUESTIONNAIRE


@pytest.fixture
def better():
    """The same answers with every scene of the standard a step higher."""
    scenes = {scene.question for scene in standard().scenes}
    stepped = {}
    for question, raw in MIDDLING.items():
        options = [option.id for option in QUESTIONNAIRE[question].options]
        stepped[question] = raw
        if question in scenes and raw in options:
            stepped[question] = options[min(options.index(raw) + 1, len(options) - 1)]
    return stepped


def sheet(session, firm, answers=MIDDLING):
    session.refresh(firm)
    return make_sheet(session, firm, answers)


def test_the_later_sheet_stands_after_whichever_was_kept_first(session, better):
    firm = make_firm(session)
    after, before = sheet(session, firm, better), sheet(session, firm)
    project = make_project(session, firm, "finished")
    asked = make_acceptance(session, project, before_id=before.id, after_id=after.id)
    rows = compare(session, asked)
    assert [row.title for row in rows[:-2]] == [part.title for part in standard().parts]
    sheets = check_rows(QUESTIONNAIRE, [RawSheet(1, raw_firm(firm.uscc, before), MIDDLING)]).sheets
    scores = judge().scorer.score(sheets)
    assert [row.before for row in rows[:-2]] == pytest.approx(scores.parts[0].tolist())
    assert sum(row.after for row in rows) > sum(row.before for row in rows)
    assert all(row.after >= row.before for row in rows)


def test_nothing_is_compared_where_a_sheet_is_missing(session):
    firm = make_firm(session)
    project = make_project(session, firm, "finished")
    asked = make_acceptance(session, project, before_id=sheet(session, firm).id)
    assert compare(session, asked) == ()
    assert compare(session, None) == ()


def test_many_sheets_are_judged_at_once_also_those_of_one_firm(session, better):
    firm, other = make_firm(session), make_firm(session)
    sheets = sheet(session, firm), sheet(session, firm, better), sheet(session, other)
    before, after, alike = (each.id for each in sheets)
    found = reached_by_id(session, {before, after, alike})
    assert found[before] == found[alike]
    assert list(found[before].parts) == ["foundation", "management", "results"]
    assert found[after].binding + found[after].guiding > found[before].binding
