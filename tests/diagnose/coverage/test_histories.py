"""Random histories of firms: the panel counts as the plain recount does, on every day asked."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from diagnose.coverage import figures_of, panel_of
from diagnose.coverage.assessed import count, frozen_list
from diagnose.coverage.curve import series_of
from diagnose.records import Firm, Tag
from diagnose.records.roster import Ground
from diagnose.roster.standing import Standing
from tests.diagnose.coverage.histories import on
from tests.diagnose.coverage.recount import Recount, Report, Told
from tests.diagnose.coverage.teller import BASE, DUE, FIRST, LAST, OPENS, WHAT, Teller

MUCH_LATER = 260
STEPS = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.sampled_from(WHAT),
        st.integers(0, 4),
        st.integers(0, 4),
        st.integers(5, 90),
    ),
    min_size=15,
    max_size=45,
)

districts = (f"区{number}" for number in range(10**6))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_any_history_counts_as_the_plain_recount_does(session, steps):
    teller, days = Teller(session, next(districts)), set()
    for step in steps:
        teller.step(*step)
        days |= {teller.day, teller.day + 1}
    recount = Recount(teller.told, BASE, OPENS, DUE, FIRST)
    listed = recount.dynamic(BASE)[0]
    history = teller.history
    history.keep()
    streets = {
        firm: street_ids(session, history.district).get(recount.street(firm, BASE))
        for firm in listed
    }
    campaign = history.campaign(BASE, DUE, streets, opens=OPENS)
    session.commit()
    panel = panel_of(session, history.district)
    series, held = series_of(panel), frozen_list(session, panel, campaign)
    for day in (BASE, DUE, LAST):
        check_standing(session, history.district, recount, day)
    for day in sorted({*days, BASE, DUE, LAST, MUCH_LATER}):
        found = figures_of(session, history.district, on(day), campaign)
        due, covered = check_day(found, recount, day)
        at = on(day).toordinal()
        assert series.at(at) == (len(covered), len(due)), day
        firms, out, done = recount.frozen(day)
        assert count(panel, held, at) == (len(done), len(firms) - len(out)), day
        names = {number: name for name, number in street_ids(session, history.district).items()}
        for firm, where in zip(panel.firms.tolist(), found.assessed.street.tolist(), strict=True):
            assert firm not in firms or names[where] in firms[firm], (firm, day)


def check_standing(session, district, recount, day):
    """Lists of the roster count as coverage does."""
    standing = Standing(district, on(day))
    listed, due, covered = recount.dynamic(day)
    expected = {"due": due, "excluded": listed - due, "covered": covered, "open": due - covered}
    for name, firms in expected.items():
        held = standing.of(col(Firm.id)).where(standing.counted()[name])
        assert set(session.scalars(held)) == firms, (name, day)


def check_day(found, recount, day):
    listed, due, covered = recount.dynamic(day)
    firms, out, done = recount.frozen(day)
    expected = {
        "listed": listed,
        "due": due,
        "covered": covered,
        "ever": recount.ever(day),
        "inherited": recount.inherited(day),
        "newcomers": recount.newcomers(day),
        "frozen": set(firms),
        "frozen_out": out,
        "frozen_done": done,
    }
    for ground in Ground:
        name = ground.name.lower()
        exempt = {firm for firm in listed - due if recount.evening(firm, day)[1] == name}
        expected[f"ground:{int(ground)}"] = exempt
    for name, firms in expected.items():
        assert set(found.firms(name).tolist()) == firms, (name, day)
    return due, covered


def street_ids(session, district):
    return {tag.name: tag.id for tag in session.exec(select(Tag).where(Tag.district == district))}


def test_the_recount_itself_tells_the_plain_cases():
    firms = {1: Told([(0, "entered", None)], [Report(10, 50)]), 2: Told([(0, "entered", None)])}
    firms[2].events.append((60, "closed", None))
    recount = Recount(firms, BASE, OPENS, DUE, FIRST)
    assert recount.dynamic(50) == ({1, 2}, {1, 2}, {1})
    assert recount.dynamic(60) == ({1}, {1}, set())
    assert recount.frozen(60) == ({1: {""}, 2: {""}}, {2}, set())
