import pytest

from reports.dossier.wording import percent


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (9996, 10_000, "99.9"),  # never rounded up to what was not reached
        (29, 100, "29"),  # 0.29 × 1000 is 290 less a hair in floats
        (1, 3, "33.3"),
        (3, 3, "100"),
        (0, 7, "0"),
        (0, 0, "0"),
    ],
)
def test_shares_are_floored_to_a_tenth(part: float, whole: float, said: str) -> None:
    assert percent(part, whole) == said
