"""Ratings: a mean from five on, low ones listed."""

from diagnose.bulletins import count_ratings, low_ratings
from diagnose.records import Rating
from tests.diagnose.people import DISTRICT, keep, make_diagnosis, make_firm, make_provider


def rate(session, provider, satisfaction, district=DISTRICT, **more):
    firm = make_firm(session, district=district)
    diagnosis = make_diagnosis(session, firm, provider_id=provider.id)
    return keep(session, Rating(diagnosis_id=diagnosis.id, satisfaction=satisfaction, **more))


def test_a_mean_is_told_from_five_ratings_on(session):
    provider = make_provider(session)
    for satisfaction in (5, 4, 4, 3):
        rate(session, provider, satisfaction)
    [held] = count_ratings(session, DISTRICT)
    assert (held.ratings, held.satisfaction) == (4, None)
    rate(session, provider, 1, neutral=2)
    [held] = count_ratings(session, DISTRICT)
    assert (held.ratings, held.satisfaction, held.neutral) == (5, 3.4, None)


def test_low_ratings_are_those_of_the_district_in_either_respect(session):
    provider = make_provider(session)
    rate(session, provider, 2, text="不满")
    rate(session, provider, 5, neutral=1, text="推销")
    rate(session, provider, 3, neutral=3)
    rate(session, provider, 1, district="别区")
    assert {low.text for low in low_ratings(session, DISTRICT)} == {"不满", "推销"}
