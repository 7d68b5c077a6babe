"""A slow, plain recount of coverage: firm by firm, day by day, from what happened; no arrays."""

from dataclasses import dataclass, field
from functools import cache

GONE = {"closed", "moved_out", "not_industrial", "merged", "split"}


@dataclass
class Report:
    """Accepted on a day; `ended` when it was reopened or declared expired.

    `foreign` was made while the firm answered to another district.
    """

    accepted: int
    valid_until: int
    ended: int | None = None
    reopened: bool = False
    foreign: bool = False


@dataclass
class Told:
    """What happened to one firm, in order of recording: (day, what, with what).

    `recorded` are the same events as the database has them; `street` is where it began.
    """

    events: list = field(default_factory=list)
    reports: list = field(default_factory=list)
    transfers: list = field(default_factory=list)
    recorded: list = field(default_factory=list)
    street: str = ""

    @property
    def own(self):
        """The reports that count in this district."""
        return [report for report in self.reports if not report.foreign]


class Recount:
    """`firms` maps ids to what happened; `base`, `opens`, `due` are the campaign's days."""

    def __init__(self, firms, base, opens, due, first):
        self.firms, self.base, self.opens, self.due = firms, base, opens, due
        self.first = first
        self.evening = cache(self.evening)

    def evening(self, firm, day):
        """(listing, ground, entered) of a firm at the end of a day; None before it is known."""
        if day < self.first:
            return None
        state = self.evening(firm, day - 1)
        for when, what, with_ in self.firms[firm].events:
            if when == day:
                state = self._after(state, what, with_, day)
        return state

    def _after(self, state, what, with_, day):
        listing, ground, entered = state or ("below", None, day)
        if what in {"entered", "moved_in"}:
            return "listed", None, day
        if what == "exempted":
            return listing, with_, entered
        if what == "readmitted":
            return listing, None, entered
        if what in {"stopped", "resumed"}:
            freed = what == "resumed" and ground == "stopped"
            return listing, None if freed else ground, entered
        if what in {"described", "noise", "survived"}:
            return listing, ground, entered
        return {"left": "below"}.get(what, what), ground, entered

    def street(self, firm, day):
        """Where a firm is on a day; what is told first holds for the time before."""
        told = [
            (when, at, with_)
            for at, (when, what, with_) in enumerate(self.firms[firm].events)
            if what == "described" and when <= day
        ]
        return max(told)[2] if told else self.firms[firm].street

    def since(self, firm, day, place):
        """The first day of the run of evenings with the same listing (0) or ground (1)."""
        value = self.evening(firm, day)[place]
        while (before := self.evening(firm, day - 1)) is not None and before[place] == value:
            day -= 1
        return day

    def forebears(self, firm, day):
        """The firm and all that merged into it by a day, one after the other."""
        found, fresh = {firm}, [firm]
        while fresh:
            into = fresh.pop()
            for other, told in self.firms.items():
                merged = any(
                    what == "merged" and with_ == into and when <= day
                    for when, what, with_ in told.events
                )
                if merged and other not in found:
                    found.add(other)
                    fresh.append(other)
        return found

    def valid(self, firm, day):
        """Whether a firm holds a valid report on a day, its own or a forebear's."""
        for each in self.forebears(firm, day):
            told = self.firms[each]
            for report in told.own:
                open_ = report.accepted <= day and (report.ended is None or day < report.ended)
                if open_ and day <= report.valid_until:
                    return True
            if any(accepted <= day <= until for accepted, until in told.transfers):
                return True
        return False

    def counts(self, firm, day):
        """Whether it counts for the campaign: valid, or accepted in its time and not reopened."""
        return self.valid(firm, day) or any(
            report.accepted <= day
            and min(self.base, self.opens) <= report.accepted <= self.due
            and not (report.reopened and report.ended <= day)
            for each in self.forebears(firm, day)
            for report in self.firms[each].own
        )

    def accepted(self, firm, day):
        """Whether any report stands accepted by a day: none that was reopened since."""
        return any(
            report.accepted <= day and not (report.reopened and report.ended <= day)
            for each in self.forebears(firm, day)
            for report in self.firms[each].own
        ) or any(
            accepted <= day
            for each in self.forebears(firm, day)
            for accepted, _until in self.firms[each].transfers
        )

    def dynamic(self, day):
        """(on the roster, due, covered)."""
        evenings = {firm: self.evening(firm, day) for firm in self.firms}
        listed = {firm for firm, state in evenings.items() if state and state[0] == "listed"}
        due = {firm for firm in listed if evenings[firm][1] is None}
        return listed, due, {firm for firm in due if self.valid(firm, day)}

    def ever(self, day):
        """Whoever was diagnosed, save those whose only report is reopened."""
        return {
            firm
            for firm, told in self.firms.items()
            if any(
                report.accepted <= day and not (report.reopened and report.ended <= day)
                for report in told.own
            )
        }

    def inherited(self, day):
        """Firms that are covered, but by no report of their own."""
        alone = Recount(self.firms, self.base, self.opens, self.due, self.first)
        alone.forebears = lambda firm, _day: {firm}
        return {firm for firm in self.dynamic(day)[2] if not alone.valid(firm, day)}

    def newcomers(self, day):
        """Firms that entered after the base day, wait for a report and are not of the list."""
        _listed, due, covered = self.dynamic(day)
        fresh = {firm for firm in due - covered if self.evening(firm, day)[2] > self.base}
        return fresh - set(self.frozen(day)[0])

    def frozen(self, day):
        """(firms that stand for the list with the streets they may count in, left out, counted)."""
        firms, listed = {}, self.dynamic(self.base)[0]
        for firm in listed:
            for each, street in self._stand_for(firm, day, self.base + 1, None):
                firms.setdefault(each, set()).add(street or self.street(each, self.base))
        for firm in listed & firms.keys():
            firms[firm] = {self.street(firm, self.base)}
        out = {firm for firm in firms if self._left_out(firm, day)}
        done = {firm for firm in firms.keys() - out if self._done(firm, day)}
        return firms, out, done

    def _stand_for(self, firm, day, since, street):
        """Who stands for a firm: itself, its successor, its children; and in which street."""
        state = self.evening(firm, day)
        if state and state[0] == "merged":
            when, into = next(
                (when, with_)
                for when, what, with_ in self.firms[firm].events
                if what == "merged" and when <= day
            )
            yield from self._stand_for(into, day, when, street or self.street(firm, self.base))
        elif not (state and state[0] == "split" and self._children(firm, day, since)):
            yield firm, street
        for child, when in self._children(firm, day, since):
            yield from self._stand_for(child, day, when, self.street(child, day))

    def _children(self, firm, day, since):
        return [
            (child, when)
            for child, told in self.firms.items()
            for when, what, with_ in told.events
            if what == "entered" and with_ == firm and since <= when <= day
        ]

    def _left_out(self, firm, day):
        state = self.evening(firm, day)
        if state is None:
            return False
        if state[1] == "secret":
            return True
        if state[0] in GONE:
            gone = self.since(firm, day, 0)
            return gone <= self.due and not self.counts(firm, gone - 1)
        if state[1] is not None:
            return self.since(firm, day, 1) <= self.due and not self.counts(firm, day)
        return False

    def _done(self, firm, day):
        state = self.evening(firm, day)
        if state and state[0] in GONE:
            before = self.counts(firm, self.since(firm, day, 0) - 1)
            return before and self.accepted(firm, day)
        return self.counts(firm, day)
