from datetime import timedelta

import pytest

from diagnose.records import Actor, Diagnosis, Firm, note
from questionnaires.clock import today
from tests.diagnose.factories import make_uscc
from tests.diagnose.people import make_account, make_diagnosis, make_firm, sign_in

pytestmark = pytest.mark.usefixtures("officer")


@pytest.fixture
def officer(session, visitor):
    account = make_account(session, "officer")
    sign_in(visitor.client, account)
    return account


def test_the_page_shows_numerator_denominator_and_day(session, visitor):
    dates = {"accepted_on": today(), "valid_until": today() + timedelta(9)}
    for number in range(3):
        make_diagnosis(session, make_firm(session), **({"state": "done"} | dates if number else {}))
    make_firm(session, district="别区", region="别处街道")
    page = visitor.get("/coverage/")
    assert "66.6 %" in page.text
    assert str(today()) in page.text
    assert "全覆盖" not in page.text
    assert "别处街道" not in page.text
    covered = next(e for e in page.all("a") if e["href"] == "/roster/?counts=covered")
    assert covered["text"] == "2"
    assert "共 2 家企业" in visitor.get(covered["href"]).text


def test_an_empty_district_has_no_share_and_says_what_comes_first(visitor):
    page = visitor.get("/coverage/")
    assert "%" not in page.text
    assert "/roster/import" in [a["href"] for a in page.all("a")]


def test_exempt_firms_are_listed_with_their_reasons(session, visitor):
    exempt = make_diagnosis(session, make_firm(session, name="已搬走"), state="exempt")
    make_diagnosis(session, make_firm(session, name="未免"))
    for reason in ("<i>起初</i>", "<b>外迁</b>"):
        details = {"move": "exempt", "reason": reason}
        note(session, Actor(), "diagnosis.move", f"diagnosis:{exempt.id}", **details)
    session.commit()
    page = visitor.get("/coverage/")
    [row] = [e["text"] for e in page.all("tr") if "外迁" in e["text"]]
    assert "已搬走" in row
    assert "<b>外迁</b>" in row
    assert "起初" not in page.text
    assert "未免" not in page.text
    assert "超过名录的二十分之一（5 %）" in page.text


def test_as_many_statements_for_ten_firms_as_for_a_thousand(
    app, session, officer, visitor, statements
):
    counts = []
    for more in (10, 990):
        firms = [
            Firm(
                name=f"企业{n}",
                uscc=make_uscc(),
                district=officer.district,
                on_roster=True,
                region=f"街{n % 9}",
                industry=f"{13 + n % 20}",
            )
            for n in range(more)
        ]
        session.add_all(firms)
        session.flush()
        session.add_all(Diagnosis(number=f"N{firm.id}", firm_id=firm.id) for firm in firms)
        session.commit()
        with statements(app) as count:
            visitor.get("/coverage/")
        counts.append(count.total)
    assert counts[0] == counts[1]
