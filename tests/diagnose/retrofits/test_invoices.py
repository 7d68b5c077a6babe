from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.retrofits.accepting import (
    in_time,
    invoice,
    invoices_elsewhere,
    repeated,
    repeated_in_district,
    total_of,
)
from tests.diagnose.people import DISTRICT, make_firm
from tests.diagnose.projects import make_acceptance, make_project, payment


@pytest.mark.parametrize("typed", ["No.00123-A", "ＮＯ．００１２３－Ａ", " no 00123 a "])
def test_an_invoice_is_the_same_however_its_number_is_typed(typed):
    assert invoice(typed) == "NO00123A"


@given(st.text(max_size=30))
def test_comparing_twice_changes_nothing(typed):
    assert invoice(invoice(typed)) == invoice(typed)


def test_leading_zeros_are_part_of_a_number():
    assert invoice("0123") != invoice("123")


def test_a_number_named_twice_in_one_list_is_found():
    assert repeated([payment("A-1"), payment("B2"), payment("a１")]) == ("A-1",)


def test_sums_are_exact_to_the_cent():
    rows = [payment("1", 0.1), payment("2", 0.2), payment("3", 5, eligible=False)]
    assert total_of(rows) == 5.3
    assert total_of(rows, eligible=True) == 0.3


def test_invoices_of_other_projects_of_the_district_are_found_not_one_s_own_earlier(session):
    firm, other = make_firm(session), make_firm(session)
    mine, theirs = make_project(session, firm), make_project(session, other)
    make_acceptance(session, mine, payments=[payment("AB-77")], verdict="to_mend")
    asked = make_acceptance(session, mine, payments=[payment("AB-77"), payment("AB-78")])
    assert invoices_elsewhere(session, DISTRICT, asked) == ()
    make_acceptance(session, theirs, payments=[payment("ａｂ77", 12.5)])
    far = make_project(session, make_firm(session, district="汉阳区"))
    make_acceptance(session, far, payments=[payment("AB78")])
    [found] = invoices_elsewhere(session, DISTRICT, asked)
    assert (found.number, found.project.id, found.amount) == ("AB-77", theirs.id, 12.5)
    assert repeated_in_district(session, DISTRICT) == {"AB77": [mine.id, theirs.id]}


@pytest.mark.parametrize(
    ("finished", "asked", "found"),
    [
        (date(2026, 7, 1), date(2026, 10, 1), True),
        (date(2026, 7, 1), date(2026, 10, 2), False),
        (date(2026, 11, 30), date(2027, 2, 28), True),
    ],
)
def test_acceptance_is_asked_for_within_three_months(finished, asked, found):
    assert in_time(finished, asked) is found
