from datetime import timedelta

from diagnose.agenda import Ground, agenda_of, draw_up
from diagnose.agenda.drawing import DRAWN, UNPROVEN
from diagnose.reading import judge, questionnaire
from diagnose.records import Attachment, Diagnosis
from diagnose.records.columns import now
from questionnaires.check import check_answers
from tests.diagnose.diagnosed import make_sheet
from tests.diagnose.people import keep, make_diagnosis, make_firm

SCENES = [q.id for q in questionnaire().questions if q.id.startswith("scene_")]


def agenda(answers, evidenced=(), seed="ZD2026-000001"):
    sheets = check_answers(questionnaire(), answers).sheets
    return draw_up(judge().scorer, sheets, evidenced, seed)


def of(found, ground):
    return [e.question for e in found if any(r.ground == ground for r in e.reasons)]


def test_an_empty_and_a_modest_sheet_have_no_agenda():
    assert len(agenda({})) == 0
    assert len(agenda({"scene_quality": "2", "scene_energy": "1"})) == 0


def test_counts_that_contradict_the_band_come_first():
    counts = {"equipment_total": 100, "equipment_digital": 10, "equipment_digital_rate": "e"}
    found = agenda({**counts, "scene_quality": "4"})
    assert found.entries[0].question == "equipment_digital_rate"
    assert found.entries[0].reasons[0].ground == Ground.CONTRADICTION


def test_a_run_of_like_answers_is_checked_at_three_places():
    middling = dict.fromkeys(SCENES, "2")
    found = agenda(middling)
    assert of(found, Ground.CARELESS) == [SCENES[0], SCENES[7], SCENES[15]]


def test_high_answers_without_evidence_are_asked_for_the_highest_first():
    claims = dict.fromkeys(SCENES[:10], "3") | {SCENES[9]: "4"}
    found = of(agenda(claims, evidenced={SCENES[0]}), Ground.UNPROVEN)
    assert len(found) == UNPROVEN
    assert found[0] == SCENES[9]
    assert SCENES[0] not in found


def test_eight_high_answers_are_drawn_and_the_draw_hangs_on_the_number_alone():
    claims = dict.fromkeys(SCENES, "4") | {SCENES[3]: "1"}
    first = of(agenda(claims), Ground.DRAWN)
    assert len(first) == DRAWN
    assert SCENES[3] not in first
    assert set(of(agenda(claims, evidenced=SCENES), Ground.DRAWN)) == set(first)
    assert any(set(of(agenda(claims, seed=f"ZD{n}"), Ground.DRAWN)) != set(first) for n in range(5))


def test_every_question_stands_once_with_its_proof():
    found = agenda(dict.fromkeys(SCENES, "4"))
    assert len(set(found.questions)) == len(found)
    assert all(entry.proof.zh and entry.proof.en for entry in found)
    assert len(found.open(found.questions[:3])) == len(found) - 3


def test_evidence_handed_in_later_changes_no_agenda(session):
    firm = make_firm(session)
    sheet = make_sheet(session, firm, dict.fromkeys(SCENES, "4"))
    diagnosis = make_diagnosis(session, firm, assessment_id=sheet.id)
    before = agenda_of(session, diagnosis).questions

    def prove(question, added_at):
        held = {"firm_id": firm.id, "assessment_id": sheet.id, "purpose": "evidence", "size": 1}
        held |= {"name": "a.pdf", "media_type": "application/pdf", "sha256": "0" * 64}
        keep(session, Attachment(**held, key=question, question=question, added_at=added_at))

    prove(SCENES[0], now())
    assert agenda_of(session, diagnosis).questions == before
    prove(SCENES[1], sheet.submitted_at - timedelta(days=1))
    assert agenda_of(session, diagnosis).questions != before


def test_without_a_sheet_there_is_no_agenda(session):
    assert len(agenda_of(session, Diagnosis(number="ZD1", firm_id=1))) == 0
