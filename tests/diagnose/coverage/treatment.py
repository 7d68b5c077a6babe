"""Examples for the treatment table of the programme (§4.2, in `table.md`), row by row, with dates.

Each example tells what happens to one firm of a frozen list of two (base day 0, due on day 300).
The other firm is never diagnosed. `assessed` and `dynamic` say how the firm counts on a day: “in”
(denominator only), “done” (numerator too) or “out”.
"""

from diagnose.coverage import figures_of
from diagnose.records.roster import Change, Ground
from tests.diagnose.coverage.histories import on

DUE = 300


def closed_before_diagnosis(h, x):
    h.event(x, Change.CLOSED, 100)


def closed_after_diagnosis(h, x):
    h.done(x, 50)
    h.event(x, Change.CLOSED, 100)


def accepted_on_the_day_of_closing(h, x):
    h.done(x, 100)
    h.event(x, Change.CLOSED, 100)


def reopened_after_closing(h, x):
    h.done(x, 50)
    h.event(x, Change.CLOSED, 100)
    h.reopen(x, 150)


def accepted_once_but_expired_when_it_closes(h, x):
    h.done(x, -500, valid=520)
    h.event(x, Change.CLOSED, 100)


def closed_undone_after_the_due_day(h, x):
    h.event(x, Change.CLOSED, 310)


def moved_out_before_diagnosis(h, x):
    h.event(x, Change.MOVED_OUT, 100)


def moved_out_after_diagnosis(h, x):
    h.done(x, 50)
    h.event(x, Change.MOVED_OUT, 100)


def stopped_without_exemption(h, x):
    h.event(x, Change.STOPPED, 100)
    h.done(x, 150)


def stopped_and_exempt_then_resumed(h, x):
    h.event(x, Change.STOPPED, 100)
    h.event(x, Change.EXEMPTED, 110, facts={"ground": Ground.STOPPED})
    h.event(x, Change.RESUMED, 200)
    h.done(x, 250)


def left_before_diagnosis(h, x):
    h.event(x, Change.LEFT, 100)


def left_after_diagnosis(h, x):
    h.done(x, 50)
    h.event(x, Change.LEFT, 100)


def left_before_and_excluded_by_the_bureau(h, x):
    h.event(x, Change.LEFT, 100)
    h.event(x, Change.EXEMPTED, 120, facts={"ground": Ground.BELOW})


def left_and_entered_again(h, x):
    h.done(x, 50)
    h.event(x, Change.LEFT, 100)
    h.event(x, Change.ENTERED, 200, facts={"industry": "3484"})


def renamed_and_recoded(h, x):
    h.done(x, 50)
    h.event(x, Change.RENAMED, 100, facts={"name": "新名"})
    h.event(x, Change.RECODED, 110, facts={"uscc": "91420100MA00000001"})


def no_longer_industrial(h, x):
    h.event(x, Change.INDUSTRY, 100, facts={"industry": "6510"})


def secret_related_before_diagnosis(h, x):
    h.event(x, Change.EXEMPTED, 100, facts={"ground": Ground.SECRET})


def secret_related_after_diagnosis(h, x):
    h.done(x, 50)
    h.event(x, Change.EXEMPTED, 100, facts={"ground": Ground.SECRET})
    h.event(x, Change.READMITTED, 200)


def industry_changed_within_industry(h, x):
    h.event(x, Change.INDUSTRY, 100, facts={"industry": "1310"})


def no_longer_industrial_after_diagnosis(h, x):
    h.done(x, 50)
    h.event(x, Change.INDUSTRY, 100, facts={"industry": "6510"})


def secret_ones_resume_and_stay_exempt(h, x):
    h.event(x, Change.STOPPED, 100)
    h.event(x, Change.EXEMPTED, 110, facts={"ground": Ground.SECRET})
    h.event(x, Change.RESUMED, 200)


def stopped_and_exempt_after_the_due_day(h, x):
    h.event(x, Change.STOPPED, 310)
    h.event(x, Change.EXEMPTED, 310, facts={"ground": Ground.STOPPED})


def refuses(h, x):
    """Nothing at all is done."""


def report_expires_after_its_year(h, x):
    h.done(x, 50, valid=100)


def report_of_an_earlier_year_expires(h, x):
    h.done(x, -500, valid=600)


def report_declared_expired(h, x):
    h.done(x, 50)
    h.expire(x, 100)


def reopened_and_accepted_again(h, x):
    h.done(x, 50)
    h.reopen(x, 100)
    h.done(x, 150)


def exempt_after_diagnosis(h, x):
    h.done(x, 50)
    h.event(x, Change.EXEMPTED, 100, facts={"ground": Ground.OTHER})


def closed_undone_on_the_due_day(h, x):
    h.event(x, Change.CLOSED, DUE)


def accepted_on_the_base_day_and_expired_soon(h, x):
    h.done(x, 0, valid=10)


def accepted_on_the_due_day_and_expired_soon(h, x):
    h.done(x, DUE, valid=10)


def accepted_after_the_due_day_and_expired_soon(h, x):
    h.done(x, DUE + 1, valid=10)


def closing_taken_back(h, x):
    h.void(h.event(x, Change.CLOSED, 100))


EXAMPLES = {
    "Closed/cancelled before diagnosis": {
        closed_before_diagnosis: [(99, "in", "in"), (100, "out", "out")],
        accepted_on_the_day_of_closing: [(99, "in", "in"), (100, "out", "out")],
        accepted_once_but_expired_when_it_closes: [
            (20, "done", "done"),
            (21, "in", "in"),
            (100, "out", "out"),
        ],
        closed_undone_on_the_due_day: [(299, "in", "in"), (DUE, "out", "out")],
        closed_undone_after_the_due_day: [(309, "in", "in"), (310, "in", "out")],
        closing_taken_back: [(99, "in", "in"), (100, "in", "in")],
    },
    "Closed after diagnosis": {
        closed_after_diagnosis: [
            (49, "in", "in"),
            (50, "done", "done"),
            (99, "done", "done"),
            (100, "done", "out"),
        ],
        reopened_after_closing: [(149, "done", "out"), (150, "in", "out")],
    },
    "Moved out of district": {
        moved_out_before_diagnosis: [(99, "in", "in"), (100, "out", "out")],
        moved_out_after_diagnosis: [(99, "done", "done"), (100, "done", "out")],
    },
    "Stopped production, may resume": {
        stopped_without_exemption: [
            (99, "in", "in"),
            (100, "in", "in"),
            (149, "in", "in"),
            (150, "done", "done"),
        ],
        stopped_and_exempt_then_resumed: [
            (109, "in", "in"),
            (110, "out", "out"),
            (199, "out", "out"),
            (200, "in", "in"),
            (250, "done", "done"),
        ],
        secret_ones_resume_and_stay_exempt: [(109, "in", "in"), (200, "out", "out")],
        stopped_and_exempt_after_the_due_day: [(309, "in", "in"), (310, "in", "out")],
    },
    "退规 (revenue fell) before diagnosis": {
        left_before_diagnosis: [(99, "in", "in"), (100, "in", "out")],
        left_before_and_excluded_by_the_bureau: [(119, "in", "out"), (120, "out", "out")],
    },
    "退规 after diagnosis": {
        left_after_diagnosis: [(99, "done", "done"), (100, "done", "out")],
        left_and_entered_again: [(199, "done", "out"), (200, "done", "done")],
    },
    "New name/code": {
        renamed_and_recoded: [
            (49, "in", "in"),
            (99, "done", "done"),
            (100, "done", "done"),
            (110, "done", "done"),
        ],
    },
    "Industry changed to non-industrial": {
        no_longer_industrial: [(99, "in", "in"), (100, "out", "out")],
        no_longer_industrial_after_diagnosis: [(99, "done", "done"), (100, "done", "out")],
        industry_changed_within_industry: [(99, "in", "in"), (100, "in", "in")],
    },
    "Secret-related/military": {
        secret_related_before_diagnosis: [(99, "in", "in"), (100, "out", "out")],
        secret_related_after_diagnosis: [
            (99, "done", "done"),
            (100, "out", "out"),
            (199, "out", "out"),
            (200, "done", "done"),
        ],
        exempt_after_diagnosis: [(99, "done", "done"), (100, "done", "out")],
    },
    "Refuses": {refuses: [(0, "in", "in"), (DUE, "in", "in"), (400, "in", "in")]},
    "Report expired": {
        report_expires_after_its_year: [(150, "done", "done"), (151, "done", "in")],
        report_of_an_earlier_year_expires: [(100, "done", "done"), (101, "in", "in")],
        accepted_on_the_base_day_and_expired_soon: [(10, "done", "done"), (11, "done", "in")],
        accepted_on_the_due_day_and_expired_soon: [
            (299, "in", "in"),
            (DUE, "done", "done"),
            (311, "done", "in"),
        ],
        accepted_after_the_due_day_and_expired_soon: [
            (DUE, "in", "in"),
            (301, "done", "done"),
            (312, "in", "in"),
        ],
        report_declared_expired: [(99, "done", "done"), (100, "done", "in")],
        reopened_and_accepted_again: [
            (99, "done", "done"),
            (100, "in", "in"),
            (149, "in", "in"),
            (150, "done", "done"),
        ],
    },
}


def stands(found, firm, due, done):
    """How a firm counts in a figure."""
    if firm not in found.firms(due):
        assert firm not in found.firms(done)
        return "out"
    return "done" if firm in found.firms(done) else "in"


def seen(history, campaign, firm, day):
    found = figures_of(history.session, history.district, on(day), campaign)
    return (
        stands(found, firm, "frozen_due", "frozen_done"),
        stands(found, firm, "due", "covered"),
    )
