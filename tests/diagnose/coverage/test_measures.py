from datetime import timedelta

import pytest

from diagnose.coverage import figures_of
from diagnose.coverage.measures import LEAST, measures
from diagnose.records import Answer, Census, CensusStage, Known, Report, Status, Verification
from diagnose.records.columns import now
from diagnose.records.roster import Honour
from questionnaires.clock import today
from tests.diagnose.factories import make_assessment
from tests.diagnose.people import DISTRICT, keep, make_diagnosis, make_firm


def measured(session, day=None):
    found = measures(session, figures_of(session, DISTRICT, day or today()))
    return {each.key: (each.part, each.whole, each.firms) for each in found}


def diagnosed(session, firm, level):
    days = {"accepted_on": today(), "valid_until": today()}
    found = make_diagnosis(session, firm, state="done", **days)
    frozen = {"number": "BG", "dated": today(), "standard": "s", "standard_version": "1"}
    keep(session, Report(diagnosis_id=found.id, version=1, level=level, **frozen))


def test_levels_small_and_specialised_firms_are_counted_of_those_due(session):
    small = {"employees": 50, "revenue": 1000.0}
    diagnosed(session, make_firm(session, **small), 2)
    diagnosed(session, make_firm(session, **small, honours=int(Honour.SPECIALISED)), 1)
    diagnosed(session, make_firm(session, employees=5000, revenue=90000.0), 3)
    make_firm(session, honours=int(Honour.SPECIALISED))
    diagnosed(session, make_firm(session, on_roster=False), 4)
    found = measured(session)
    assert found["small"] == (2, 3, None)
    assert found["specialised"] == (1, 2, None)
    assert found["transformed"] == (2, 4, None)
    assert found["small_transformed"] == (1, 3, None)


def test_a_census_counts_from_the_day_on_which_it_is_handed_in(session):
    for stage, ago in ((CensusStage.SUBMITTED, 3), (CensusStage.DRAFT, 9)):
        sent = now() - timedelta(ago) if stage != CensusStage.DRAFT else None
        keep(session, Census(firm_id=make_firm(session).id, stage=stage, submitted_at=sent))
    assert measured(session)["census"] == (1, 2, None)
    assert measured(session, today() - timedelta(5))["census"] == (0, 2, None)


def counted(session, firm, table=Answer, submitted=1, **values):
    sheet = make_assessment(
        firm.id, status=Status.SUBMITTED, submitted_at=now() - timedelta(submitted)
    )
    keep(session, sheet)
    tell(session, sheet, table, **values)
    return sheet


def tell(session, sheet, table, **values):
    for question, value in values.items():
        state = Known.ANSWERED if value is not None else Known.UNKNOWN
        keep(session, table(assessment_id=sheet.id, question=question, state=state, value=value))


def test_equipment_is_summed_over_firms_that_counted_both_as_verified(session):
    for _ in range(LEAST):
        firm = make_firm(session)
        counted(session, firm, submitted=9, equipment_total=999, equipment_digital=999)
        counted(session, firm, equipment_total=20, equipment_digital=5)
    verified = make_firm(session)
    sheet = counted(session, verified, equipment_total=20, equipment_digital=20)
    tell(session, sheet, Verification, equipment_digital=10)
    counted(session, make_firm(session), equipment_total=50, equipment_digital=None)
    counted(session, make_firm(session, on_roster=False), equipment_total=7, equipment_digital=7)
    assert measured(session)["digital"] == (60, 220, 11)
    assert measured(session)["networked"] == (0, 0, 0)
    assert measured(session, today() - timedelta(5))["digital"] == (9990, 9990, LEAST)


def test_the_last_sheet_is_the_one_submitted_last_whenever_it_was_entered(session):
    for _ in range(LEAST):
        firm = make_firm(session)
        counted(session, firm, equipment_total=20, equipment_digital=5)
        counted(session, firm, submitted=400, equipment_total=999, equipment_digital=999)
    assert measured(session)["digital"] == (50, 200, LEAST)


@pytest.mark.parametrize("told", [LEAST - 1, LEAST])
def test_a_sum_of_few_firms_is_withheld(session, told):
    for _ in range(told):
        counted(session, make_firm(session), key_processes=4, key_processes_nc=3)
    expected = (30, 40, LEAST) if told == LEAST else (0, 0, told)
    assert measured(session)["numerical"] == expected
