"""Random steps told twice: to the database, and in plain words to the recount."""

from diagnose.records.roster import Change, Ground
from diagnose.roster.checking import Draft, new_problems
from diagnose.roster.recording import history_of
from tests.diagnose.coverage.histories import History, on
from tests.diagnose.coverage.recount import Recount, Report, Told
from tests.diagnose.factories import make_uscc

BASE, OPENS, DUE, FIRST, LAST = 40, 25, 120, 0, 200
INDUSTRIAL = {"industry": "3484"}
GROUNDS = ("stopped", "secret", "closing", "below", "other")
STREETS = ("甲街", "乙街")
PLAIN = {
    "left": Change.LEFT,
    "closed": Change.CLOSED,
    "stopped": Change.STOPPED,
    "resumed": Change.RESUMED,
    "readmitted": Change.READMITTED,
}
"""What needs no more than a day."""
NOISE = (Change.RENAMED, Change.RECODED, Change.INDUSTRY)
WHAT = (
    *PLAIN,
    "entered",
    "moved_out",
    "moved_in",
    "toured",
    "merged",
    "chained",
    "split",
    "not_industrial",
    "exempted",
    "described",
    "noise",
    "voided",
    "voided",
    "late",
    "diagnosed",
    "diagnosed",
    "diagnosed",
    "diagnosed",
    "expired",
    "reopened",
    "transferred",
)


class Teller:
    """Tells of a district from four firms on; what the service would refuse is not told.

    `length` is whatever number a kind of step needs: a validity, a choice.
    """

    def __init__(self, session, district):
        self.session, self.history, self.told = session, History(session, district), {}
        self.day, self.moved, self.away = FIRST, {}, set()
        self.ids = [self._new(STREETS[n % 2]) for n in range(4)]
        for firm in self.ids:
            self._enter(firm)

    def step(self, gap, what, at, other, length):
        self.day = min(self.day + gap, LAST)
        firm = self.ids[at % len(self.ids)]
        if what in PLAIN:
            self._tell(firm, what, PLAIN[what])
        else:
            getattr(self, f"_{what}")(firm, self.ids[other % len(self.ids)], length)

    def _new(self, street):
        firm = self.history.firm()
        self.told[firm] = Told(street=street)
        return firm

    def _enter(self, firm, parent=None):
        facts = INDUSTRIAL | {"region": self.told[firm].street}
        return self._tell(firm, "entered", Change.ENTERED, with_=parent, facts=facts)

    def _tell(self, firm, what, change, *, day=None, with_=None, facts=None):
        """Whether it can have happened; then it is told."""
        day = self.day if day is None else day
        draft = Draft(change, on(day), facts or {})
        if self._refused(firm, draft):
            return False
        kept = with_ if what in {"entered", "merged"} else None
        event = self.history.event(firm, change, day, other=kept, facts=facts)
        self.told[firm].events.append((day, what, with_))
        self.told[firm].recorded.append(event)
        return True

    def _refused(self, firm, draft):
        return new_problems(history_of(self.session, self.history.district, firm), draft)

    def _listing(self, firm):
        recount = Recount(self.told, BASE, OPENS, DUE, FIRST)
        return (recount.evening(firm, self.day) or ("below",))[0]

    def _entered(self, firm, _other, _length):
        self._enter(firm)

    def _moved_out(self, firm, _other, length):
        """Out of the district, for one it answers to from then on or for nowhere that is known."""
        if self._tell(firm, "moved_out", Change.MOVED_OUT) and length % 2:
            self._elsewhere(firm, Change.MOVED_IN, INDUSTRIAL)
            self.away.add(firm)
            self._made_today(firm, foreign=True)

    def _moved_in(self, firm, _other, _length):
        if self._listing(firm) != "moved_out":
            return
        if self._tell(firm, "moved_in", Change.MOVED_IN, facts=INDUSTRIAL) and firm in self.away:
            self._elsewhere(firm, Change.MOVED_OUT, {})
            self.away.discard(firm)
            self._made_today(firm, foreign=False)

    def _made_today(self, firm, *, foreign):
        """A report belongs where its firm is in the evening."""
        for report in self.told[firm].reports:
            if report.accepted == self.day:
                report.foreign = foreign

    def _elsewhere(self, firm, change, facts):
        self.history.event(
            firm, change, self.day, facts=facts, district=f"{self.history.district}外"
        )

    def _merged(self, firm, other, length):
        if firm != other and self._listing(other) == "listed":
            facts = {"branch": True} if length % 2 else {}
            self._tell(firm, "merged", Change.MERGED, with_=other, facts=facts)

    def _toured(self, firm, other, length):
        """A firm that answers to another district for a while is diagnosed there."""
        self._moved_out(firm, other, 1)
        self.day = min(self.day + 2, LAST)
        self._diagnosed(firm, other, length)
        self.day = min(self.day + length % 3, LAST)
        if length % 5:
            self._moved_in(firm, other, length)

    def _chained(self, firm, other, length):
        """A successor merges in its turn."""
        self._merged(firm, other, length)
        self.day = min(self.day + length % 3, LAST)
        self._merged(other, self.ids[length % len(self.ids)], length)

    def _split(self, firm, _other, length):
        survives = length % 5 == 0
        what = "survived" if survives else "split"
        facts = {"survives": True} if survives else {}
        if self._listing(firm) == "listed" and self._tell(firm, what, Change.SPLIT, facts=facts):
            for number in range(length % 3):
                child = self._new(STREETS[number])
                self.ids.append(child)
                self._enter(child, firm)

    def _not_industrial(self, firm, _other, _length):
        if self._listing(firm) == "listed":
            self._tell(firm, "not_industrial", Change.INDUSTRY, facts={"industry": "6510"})

    def _exempted(self, firm, _other, length):
        ground = GROUNDS[length % len(GROUNDS)]
        facts = {"ground": int(Ground[ground.upper()])}
        self._tell(firm, "exempted", Change.EXEMPTED, with_=ground, facts=facts)

    def _described(self, firm, _other, length):
        street = STREETS[length % 2]
        self._tell(firm, "described", Change.DESCRIBED, with_=street, facts={"region": street})

    def _noise(self, firm, _other, length):
        """What changes nothing that is counted."""
        change = NOISE[length % 3]
        facts = {"name": "新名", "uscc": make_uscc(), "industry": "1310"}
        said = ("name", "uscc", "industry")[length % 3]
        if self._listing(firm) == "listed":
            self._tell(firm, "noise", change, facts={said: facts[said]})

    def _late(self, firm, _other, length):
        """Something of an earlier day is recorded only now."""
        what = ("left", "exempted", "readmitted", "stopped", "closed")[length % 5]
        with_, facts = ("secret", {"ground": Ground.SECRET}) if what == "exempted" else (None, None)
        day = max(FIRST, self.day - length)
        self._tell(firm, what, Change(what), day=day, with_=with_, facts=facts)

    def _voided(self, firm, _other, length):
        """An event is taken back, if what came to be later could happen without it."""
        told = self.told[firm]
        at = length % len(told.recorded) if told.recorded else 0
        if not told.recorded or told.events[at][1] in {"entered", "split", "survived", "moved_out"}:
            return
        event = told.recorded[at]
        void = Draft(Change.VOIDED, event.effective_on, voids_id=event.id)
        if told.events[at][1] == "moved_in" or self._refused(firm, void):
            return
        self.history.void(event)
        self.session.flush()
        del told.events[at], told.recorded[at]

    def _moved_today(self, firm):
        """One move of a diagnosis a day: of several only the last would be kept."""
        before = self.moved.get(firm)
        self.moved[firm] = self.day
        return before == self.day

    def _diagnosed(self, firm, _other, length):
        reports = self.told[firm].reports
        if (not reports or reports[-1].ended is not None) and not self._moved_today(firm):
            self.history.done(firm, self.day, length)
            reports.append(Report(self.day, self.day + length, foreign=firm in self.away))

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
