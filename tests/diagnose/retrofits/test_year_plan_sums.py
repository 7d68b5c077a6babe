from datetime import UTC, date, datetime

import pytest

from diagnose.retrofits.searching import PoolSearch, stages_of, sums_of
from diagnose.retrofits.yearplan import plan_of, term_of
from tests.diagnose.people import DISTRICT, make_firm
from tests.diagnose.projects import make_contract, make_month, make_project, make_recommended

DAY = date(2026, 3, 1)
COSTS = {"cost_low": 10.0, "cost_mid": 20.0, "cost_high": 40.0}


def test_a_contract_counts_with_its_sum_and_days_an_estimate_with_its_middle(session):
    firm = make_firm(session)
    project = make_project(session, firm, "under_way", **COSTS)
    make_contract(session, project, starts_on=date(2026, 7, 1), ends_on=date(2027, 6, 30), total=73)
    make_month(session, project, date(2026, 8, 1), spent=5.5)
    make_month(session, project, date(2027, 1, 1), spent=9)
    plan = plan_of(session, DISTRICT, 2026, DAY)
    [row] = plan.rows
    assert (row.total, row.this_year, row.done) == (73, round(73 * 184 / 365, 2), 5.5)
    whole = plan.whole
    assert (whole.contracted, whole.estimated, whole.unpriced) == (73, 0, 0)
    assert plan_of(session, DISTRICT, 2027, DAY).rows[0].done == 9
    assert plan_of(session, DISTRICT, 2028, DAY).rows == []


def test_without_a_contract_the_year_of_the_report_gives_the_term(session):
    project = make_recommended(session, make_firm(session), date(2026, 1, 15), months=6, year=2)
    assert term_of(project, date(2026, 1, 15), DAY) == (date(2027, 1, 15), date(2027, 7, 14))
    assert term_of(project, date(2020, 1, 15), DAY)[0] == DAY
    project.year = 1
    assert term_of(project, date(2026, 1, 15), date(2026, 1, 1))[0] == date(2026, 1, 15)


def test_totals_by_street_add_up_to_the_whole_and_name_what_has_no_price(session):
    for region, costs in (("后湖街道", COSTS), ("后湖街道", {}), ("台北街道", COSTS)):
        decided = datetime(2026, 1, 5, tzinfo=UTC)
        make_project(session, make_firm(session, region=region), decided_at=decided, **costs)
    plan = plan_of(session, DISTRICT, 2026, DAY)
    parts = plan.by(lambda row: row.street)
    assert {key: (part.projects, part.estimated, part.unpriced) for key, part in parts} == {
        "后湖街道": (2, 20, 1),
        "台北街道": (1, 20, 0),
    }
    assert sum(part.estimated for _key, part in parts) == plan.whole.estimated == 40
    assert (plan.whole.projects, plan.whole.firms) == (3, 1)


@pytest.mark.parametrize("stage", ["suggested", "adopted", "postponed", "rejected", "failed",
                                   "terminated"])  # fmt: skip
def test_what_is_not_carried_out_is_in_no_plan(session, stage):
    make_recommended(session, make_firm(session), date(2026, 1, 5), stage, **COSTS)
    assert plan_of(session, DISTRICT, 2026, DAY).rows == []


def test_the_pool_sums_only_what_is_found_and_only_the_contract_in_force(session):
    firm = make_firm(session)
    one = make_project(session, firm, "under_way", type="P03", **COSTS)
    make_contract(session, one, total=50)
    make_contract(session, one, total=55, change="加两台")
    for month in (1, 2):
        make_month(session, one, date(2026, month, 1), spent=10.1)
    make_project(session, firm, type="P05")
    make_project(session, firm, "rejected", **COSTS)
    make_project(session, make_firm(session, district="汉阳区"), **COSTS)
    everything = PoolSearch.read({})
    sums = sums_of(session, DISTRICT, everything, [])
    assert (sums.count, sums.low, sums.mid, sums.high, sums.unpriced) == (2, 10, 20, 40, 1)
    assert (sums.contracted, round(sums.spent, 6)) == (55, 20.2)
    assert sums_of(session, DISTRICT, PoolSearch.read({"type": "P05"}), []).count == 1
    assert sums_of(session, DISTRICT, PoolSearch.read({"late": "yes"}), [one.id]).count == 1
    assert sums_of(session, DISTRICT, PoolSearch.read({"state": "rejected"}), []).count == 1
    assert stages_of(session, DISTRICT, everything, []) == {"pooled": 1, "under_way": 1}
