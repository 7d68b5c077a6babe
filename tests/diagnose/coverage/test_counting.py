from datetime import timedelta

import pytest

from diagnose.coverage import count_coverage
from diagnose.coverage.counting import tenths
from diagnose.records import Report, Status
from diagnose.records.columns import now
from diagnose.roster.searching import Search
from diagnose.roster.standing import Standing
from questionnaires.clock import today
from tests.diagnose.factories import make_assessment
from tests.diagnose.people import DISTRICT, keep, make_diagnosis, make_firm, make_provider


def accepted(session, firm, since=10, until=10, **changes):
    dates = {
        "accepted_on": today() - timedelta(since),
        "valid_until": today() + timedelta(until),
    }
    return make_diagnosis(session, firm, **({"state": "done"} | dates | changes))


def total(session, day=None):
    return count_coverage(session, DISTRICT, day or today()).total


def test_accepted_and_valid_covers_once_however_many_reports(session):
    firm = make_firm(session)
    accepted(session, firm)
    accepted(session, firm)
    make_firm(session)
    assert (total(session).covered, total(session).due, total(session).share) == (1, 2, 50.0)


@pytest.mark.parametrize("state", ["to_assign", "in_review", "drafting"])
def test_what_is_not_accepted_does_not_cover(session, state):
    make_diagnosis(session, make_firm(session), state=state)
    assert total(session).covered == 0


def test_a_report_past_its_validity_no_longer_covers(session):
    accepted(session, make_firm(session), until=-1)
    accepted(session, make_firm(session), until=0)
    found = count_coverage(session, DISTRICT, today())
    assert found.total.covered == 1
    assert found.states["expired"] == 1


def test_exempt_firms_leave_numerator_and_denominator(session):
    firm = make_firm(session)
    accepted(session, firm)
    make_diagnosis(session, firm, state="exempt")
    make_firm(session)
    found = total(session)
    assert (found.listed, found.excluded, found.due, found.covered) == (2, 1, 1, 0)
    assert found.many_excluded


def test_firms_below_scale_and_of_other_districts_do_not_count(session):
    accepted(session, make_firm(session, on_roster=False))
    accepted(session, make_firm(session, district="别区"))
    assert total(session).listed == 0
    assert total(session).share is None
    assert not total(session).full


def test_full_coverage_is_said_only_when_it_is(session):
    firms = [make_firm(session) for _ in range(3)]
    for firm in firms[:2]:
        accepted(session, firm)
    assert not total(session).full
    accepted(session, firms[2])
    assert total(session).full


def test_shares_are_cut_never_rounded_up():
    assert tenths(9996, 10000) == 99.9
    assert tenths(1, 3) == 33.3
    assert tenths(0, 0) is None


def test_self_assessments_count_for_a_year_and_apart(session):
    for days in (10, 400):
        firm = make_firm(session)
        sheet = make_assessment(
            firm.id, status=Status.SUBMITTED, submitted_at=now() - timedelta(days)
        )
        keep(session, sheet)
    assert (total(session).assessed, total(session).covered) == (1, 0)


def test_levels_are_those_of_the_version_accepted_last(session):
    found = accepted(session, make_firm(session))
    for version, level in ((1, 1), (2, 3)):
        frozen = {"number": "BG", "dated": today(), "standard": "s", "standard_version": "1"}
        keep(session, Report(diagnosis_id=found.id, version=version, level=level, **frozen))
    assert dict(count_coverage(session, DISTRICT, today()).levels) == {3: 1}


def test_every_figure_is_the_length_of_the_list_it_leads_to(session):
    provider = make_provider(session)
    for number in range(12):
        firm = make_firm(session, region=["甲街", "乙街", ""][number % 3], employees=number * 200)
        if number % 2:
            accepted(session, firm, provider_id=provider.id)
        elif number % 3:
            make_diagnosis(session, firm, state="exempt")
    standing = Standing(DISTRICT, today())
    held = count_coverage(session, DISTRICT, today()).by
    searched = {"street": "region", "industry": "division", "size": "size", "provider": "provider"}
    for by, name in searched.items():
        for tally in held[by]:
            numbers = {"covered": tally.covered, "due": tally.due, "excluded": tally.excluded}
            for counts, number in numbers.items():
                search = Search.read({name: tally.key or "-", "counts": counts})
                listed = session.scalars(search.found(standing, standing.state)).all()
                assert len(listed) == number, (by, tally.key, counts)
