"""A campaign opened: who gets a diagnosis, and who has one already."""

from datetime import UTC, date, datetime

from sqlmodel import select

from diagnose.campaigns.lists import freeze, sign
from diagnose.campaigns.opening import count_lacking, open_campaign, open_lacking
from diagnose.campaigns.progress import in_all, street_table
from diagnose.coverage import count_coverage
from diagnose.records import Actor, Change, Diagnosis, Ground
from diagnose.roster.recording import record
from diagnose.workflow.stays import keep_stay
from tests.diagnose.people import make_diagnosis, make_firm

ACTOR = Actor(at=datetime(2026, 3, 1, tzinfo=UTC))
TODAY = date(2026, 3, 1)


def opened(session, campaign):
    freeze(session, ACTOR, campaign)
    sign(session, ACTOR, campaign, "江一帆", "统计局 陈平")
    open_campaign(session, ACTOR, campaign)
    session.commit()
    return open_lacking(session, ACTOR, campaign)


def covered(session, firm, on=date(2026, 2, 20), until=date(2029, 2, 19)):
    done = {"state": "done", "accepted_on": on, "valid_until": until}
    found = make_diagnosis(session, firm, number=f"V-{firm.id}", **done)
    keep_stay(session, found, on)
    session.commit()


def streets(session, campaign):
    coverage = count_coverage(session, campaign.district, TODAY, campaign)
    return street_table(session, campaign, coverage), in_all(campaign, coverage)


def test_each_firm_without_an_open_or_valid_diagnosis_gets_one(session, campaign):
    fresh, expired, valid, under_way = (make_firm(session) for _ in range(4))
    covered(session, expired, date(2022, 1, 1), date(2025, 1, 1))
    covered(session, valid)
    adopted = make_diagnosis(session, under_way, number="V-0")
    make_firm(session, entered_on=date(2026, 2, 1))
    assert opened(session, campaign) == 2
    own = session.exec(select(Diagnosis).where(Diagnosis.campaign_id == campaign.id)).all()
    assert {each.firm_id for each in own} == {fresh.id, expired.id, under_way.id}
    session.refresh(adopted)
    assert adopted.campaign_id == campaign.id
    assert count_lacking(session, campaign, TODAY) == 0


def test_opening_again_opens_no_second_diagnosis(session, campaign):
    make_firm(session)
    assert opened(session, campaign) == 1
    assert open_lacking(session, ACTOR, campaign) == 0


def test_a_firm_closed_or_exempt_since_is_left_out_one_below_the_scale_is_not(session, campaign):
    """programme.md §4.2: a firm that left the scale undiagnosed stays in, a closed one goes."""
    closed, exempt, below = (make_firm(session) for _ in range(3))
    freeze(session, ACTOR, campaign)
    day = date(2026, 2, 10)
    record(session, ACTOR, closed, Change.CLOSED, day, reason="注销", proof="登记机关通知")
    record(
        session,
        ACTOR,
        exempt,
        Change.EXEMPTED,
        day,
        facts={"ground": Ground.SECRET},
        reason="涉密",
        proof="证明",
    )
    record(session, ACTOR, below, Change.LEFT, day, reason="收入下降", proof="统计认定")
    sign(session, ACTOR, campaign, "江一帆", "统计局 陈平")
    open_campaign(session, ACTOR, campaign)
    session.commit()
    assert open_lacking(session, ACTOR, campaign) == 1
    own = session.exec(select(Diagnosis.firm_id)).all()
    assert own == [below.id]
    (street,), _total = streets(session, campaign)
    assert (street.listed, street.due, street.done) == (3, 1, 0)


def test_streets_are_counted_against_their_targets(session, campaign):
    firms = [make_firm(session, region=name) for name in ("后湖街道",) * 3 + ("丹水池街道",)]
    for firm in firms[:2]:
        covered(session, firm)
    opened(session, campaign)
    rows, total = streets(session, campaign)
    assert {row.name: (row.done, row.due, row.gap) for row in rows} == {
        "后湖街道": (2, 3, 1),
        "丹水池街道": (0, 1, 1),
    }
    assert {row.name: row.light.value for row in rows} == {"后湖街道": "green", "丹水池街道": "red"}
    assert total.share == 50.0


def test_a_report_that_expires_within_the_campaign_counts(session, campaign):
    """programme.md §4.2: report expired – R1 year of completion still counts."""
    firm, earlier = make_firm(session), make_firm(session)
    covered(session, firm, date(2026, 2, 5), date(2026, 2, 20))
    covered(session, earlier, date(2025, 2, 5), date(2026, 2, 20))
    freeze(session, ACTOR, campaign)
    (street,), _total = streets(session, campaign)
    assert (street.done, street.due) == (1, 2)
