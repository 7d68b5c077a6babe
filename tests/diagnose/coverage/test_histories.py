"""Random histories of firms: the panel counts as the plain recount does, on every day asked."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagnose.coverage import figures_of, panel_of
from diagnose.coverage.curve import series_of
from diagnose.records.roster import Change, Ground
from tests.diagnose.coverage.histories import History, on
from tests.diagnose.coverage.recount import Recount, Report, Told

BASE, DUE, FIRST, LAST = 40, 120, 0, 200
INDUSTRIAL = {"industry": "3484"}
WHAT = (
    "entered",
    "left",
    "moved_out",
    "moved_in",
    "closed",
    "merged",
    "split",
    "stopped",
    "resumed",
    "not_industrial",
    "exempted",
    "readmitted",
    "diagnosed",
    "diagnosed",
    "diagnosed",
    "expired",
    "reopened",
    "transferred",
)
STEPS = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.sampled_from(WHAT),
        st.integers(0, 3),
        st.integers(0, 3),
        st.integers(5, 90),
    ),
    min_size=15,
    max_size=45,
)
GROUNDS = ("stopped", "secret", "closing", "below", "other")


class Teller:
    """Tells steps that are possible to the database and, in plain words, to the recount."""

    def __init__(self, session, district):
        self.history, self.told = History(session, district), {}
        self.ids, self.day = [self._new(FIRST) for _ in range(3)], FIRST
        self.stopped, self.moved = set(), {}

    def step(self, gap, what, at, other, length):
        self.day = min(self.day + gap, LAST)
        firm = self.ids[at % len(self.ids)]
        getattr(self, f"_{what}")(firm, self.ids[other % len(self.ids)], length)

    def _new(self, entered=None, parent=None):
        firm = self.history.firm()
        self.told[firm] = Told()
        if entered is not None:
            self._event(firm, "entered", Change.ENTERED, entered, parent, facts=INDUSTRIAL)
        return firm

    def _event(self, firm, what, change, day=None, with_=None, facts=None):
        day = self.day if day is None else day
        kept = with_ if isinstance(with_, int) else None
        self.history.event(firm, change, day, other=kept, facts=facts)
        self.told[firm].events.append((day, what, with_))

    def _state(self, firm):
        recount = Recount(self.told, BASE, DUE, FIRST)
        return recount.evening(firm, self.day) or ("below", None, None)

    def _possible(self, firm, *listings):
        return self._state(firm)[0] in listings

    def _entered(self, firm, _other, _length):
        if self._possible(firm, "below", "not_industrial"):
            self._event(firm, "entered", Change.ENTERED, facts=INDUSTRIAL)
            self.stopped.discard(firm)

    def _left(self, firm, _other, _length):
        if self._possible(firm, "listed"):
            self._event(firm, "left", Change.LEFT)

    def _moved_out(self, firm, _other, _length):
        if self._possible(firm, "listed", "below"):
            self._event(firm, "moved_out", Change.MOVED_OUT)

    def _moved_in(self, firm, _other, _length):
        if self._possible(firm, "moved_out"):
            self._event(firm, "moved_in", Change.MOVED_IN, facts=INDUSTRIAL)
            self.stopped.discard(firm)

    def _closed(self, firm, _other, _length):
        if self._possible(firm, "listed", "below", "moved_out"):
            self._event(firm, "closed", Change.CLOSED)

    def _merged(self, firm, other, _length):
        if firm != other and self._possible(firm, "listed") and self._possible(other, "listed"):
            self._event(firm, "merged", Change.MERGED, with_=other)

    def _split(self, firm, _other, length):
        if self._possible(firm, "listed"):
            self._event(firm, "split", Change.SPLIT)
            self.ids += [self._new(self.day, firm) for _ in range(length % 3)]

    def _stopped(self, firm, _other, _length):
        if self._possible(firm, "listed") and firm not in self.stopped:
            self._event(firm, "stopped", Change.STOPPED)
            self.stopped.add(firm)

    def _resumed(self, firm, _other, _length):
        if self._possible(firm, "listed", "below") and firm in self.stopped:
            self._event(firm, "resumed", Change.RESUMED)
            self.stopped.discard(firm)

    def _not_industrial(self, firm, _other, _length):
        if self._possible(firm, "listed"):
            self._event(firm, "not_industrial", Change.INDUSTRY, facts={"industry": "6510"})

    def _exempted(self, firm, _other, length):
        ground = GROUNDS[length % len(GROUNDS)]
        facts = {"ground": int(Ground[ground.upper()])}
        self._event(firm, "exempted", Change.EXEMPTED, with_=ground, facts=facts)

    def _readmitted(self, firm, _other, _length):
        if self._state(firm)[1] is not None:
            self._event(firm, "readmitted", Change.READMITTED)

    def _moved_today(self, firm):
        """One move of a diagnosis a day: of several only the last would be kept."""
        before = self.moved.get(firm)
        self.moved[firm] = self.day
        return before == self.day

    def _diagnosed(self, firm, _other, length):
        reports = self.told[firm].reports
        if (not reports or reports[-1].ended is not None) and not self._moved_today(firm):
            self.history.done(firm, self.day, length)
            reports.append(Report(self.day, self.day + length))

    def _reopened(self, firm, _other, _length, reopened=True):
        reports = self.told[firm].reports
        if reports and reports[-1].ended is None and not self._moved_today(firm):
            (self.history.reopen if reopened else self.history.expire)(firm, self.day)
            reports[-1].ended, reports[-1].reopened = self.day, reopened

    def _expired(self, firm, other, length):
        self._reopened(firm, other, length, reopened=False)

    def _transferred(self, firm, _other, length):
        accepted, until = self.day - length // 2, self.day + length
        self.history.transfer(firm, accepted, until)
        self.told[firm].transfers.append((accepted, until))


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
    recount = Recount(teller.told, BASE, DUE, FIRST)
    listed = recount.dynamic(BASE)[0]
    history = teller.history
    campaign = history.campaign(BASE, DUE, listed)
    history.keep()
    series = series_of(panel_of(session, history.district))
    for day in sorted({*days, BASE, DUE, LAST}):
        found = figures_of(session, history.district, on(day), campaign)
        names = ("listed", "due", "covered", "ever")
        expected = (*recount.dynamic(day), recount.ever(day))
        for name, firms in zip(names, expected, strict=True):
            assert set(found.firms(name).tolist()) == firms, (name, day)
        names = ("frozen", "frozen_out", "frozen_done")
        for name, firms in zip(names, recount.frozen(day), strict=True):
            assert set(found.firms(name).tolist()) == firms, (name, day)
        due, covered = recount.dynamic(day)[1:]
        assert series.at(on(day).toordinal()) == (len(covered), len(due)), day


def test_the_recount_itself_tells_the_plain_cases():
    firms = {1: Told([(0, "entered", None)], [Report(10, 50)]), 2: Told([(0, "entered", None)])}
    firms[2].events.append((60, "closed", None))
    recount = Recount(firms, BASE, DUE, FIRST)
    assert recount.dynamic(50) == ({1, 2}, {1, 2}, {1})
    assert recount.dynamic(60) == ({1}, {1}, set())
    assert recount.frozen(60) == ({1, 2}, {2}, set())
