"""Lights compare what is done with the straight line from the first to the last day."""

from datetime import date

import pytest

from diagnose.campaigns.lights import Light, elapsed, light


@pytest.mark.parametrize(
    ("done", "wanted", "share", "found"),
    [
        (40, 100, 0.5, Light.YELLOW),
        (39, 100, 0.5, Light.RED),
        (47, 100, 0.5, Light.YELLOW),
        (48, 100, 0.5, Light.GREEN),
        (0, 100, 0.0, Light.GREY),
        (0, 0, 1.0, Light.GREY),
        (95, 100, 1.0, Light.GREEN),
    ],
)
def test_lights_by_the_curve(done, wanted, share, found):
    """programme.md §4.3: red below 80 % of the curve, yellow below 95 %."""
    assert light(done, wanted, share) == found


def test_time_runs_from_nothing_to_all():
    start, end = date(2026, 1, 1), date(2026, 1, 11)
    days = (date(2025, 12, 1), start, date(2026, 1, 6), end, date(2027, 1, 1))
    assert [elapsed(start, end, day) for day in days] == [0.0, 0.0, 0.5, 1.0, 1.0]
    assert elapsed(start, start, start) == 1.0
