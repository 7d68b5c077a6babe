"""Points read the same in pages, reports and drawings, and never better than they are."""

import pytest

from reports.points import missing, points


@pytest.mark.parametrize(
    ("value", "written"),
    [(30.425, "30.42"), (39.999, "39.99"), (39.95, "39.95"), (0.1 + 0.2, "0.3"), (40.0, "40")],
)
def test_points_have_two_decimals_and_are_never_rounded_up(value, written):
    assert points(value) == written


def test_what_is_missing_is_never_rounded_away():
    assert (missing(0.001), missing(9.575), missing(0.1 + 0.2)) == ("0.01", "9.58", "0.3")
