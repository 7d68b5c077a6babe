"""按期率 is one figure: the page of indicators, the analysis and the ledger tell the same."""

from datetime import date, timedelta

import pytest

from diagnose.analysis.providers import ALL, Ratio, provider_work
from diagnose.coverage.indicators import work_of_providers
from diagnose.ledgers.providers import providers
from diagnose.records import Firm, Stay
from diagnose.workflow.promptness import CLOCKS, kept_clocks
from tests.diagnose.people import DISTRICT, keep, make_account, make_diagnosis, make_firm

DAY = date(2026, 11, 23)


@pytest.fixture
def step(session):
    """Let a provider stay in a state from so many days before the day, for so many days."""
    consultant = make_account(session, "consultant")
    firm = make_firm(session)
    held = {"firm_id": firm.id, "provider_id": consultant.provider_id}
    diagnosis = make_diagnosis(session, firm, provider_id=consultant.provider_id)
    held["diagnosis_id"] = diagnosis.id

    def add(state, ago, took=None):
        since = DAY - timedelta(ago)
        until = None if took is None else since + timedelta(took)
        keep(session, Stay(**held, state=state, since=since, until=until))

    add.provider = consultant.provider_id
    return add


def told(session, day):
    """The figure of the only provider as the three say it: two as numbers, one per cent."""
    kept = kept_clocks(session, Firm.district == DISTRICT, day)
    page = work_of_providers(session, DISTRICT, day, kept)[-1]
    analysed = provider_work(session, DISTRICT, day)
    assert analysed[-1].provider == ALL
    assert analysed[0].on_time == analysed[-1].on_time
    [share] = providers(session, make_account(session, "officer"), day)["on_time"]
    return (page.in_time, page.fallen_due), analysed[0].on_time, share


def test_the_clocks_are_those_of_the_states_that_a_provider_leaves():
    assert set(CLOCKS) == {
        "assigned", "accepted", "scheduled", "on_site", "visited", "drafting", "internal_check",
        "objected", "returned",
    }  # fmt: skip
    assert CLOCKS["drafting"] == 15


def test_all_three_tell_the_same_steps_of_the_year(session, step):
    step("drafting", 100, 15)  # on its last day
    step("drafting", 60, 16)  # a day late
    step("accepted", 30)  # open, and late
    step("visited", 10)  # open, its clock runs on
    step("on_site", 3, 1)  # done, its clock runs on
    step("drafting", 500, 5)  # of an earlier year
    step("in_review", 90, 60)  # another's turn
    assert told(session, DAY) == ((1, 3), Ratio(1, 3), 33.3)
    assert told(session, DAY - timedelta(25)) == ((1, 2), Ratio(1, 2), 50.0)
