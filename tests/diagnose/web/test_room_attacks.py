"""What somebody who means harm types into the rooms of the programme, and what they then meet."""

import pytest

from questionnaires.normal import whole_number
from tests.diagnose.web.worlds import WORDS, make_world

HUGE = "9" * 5000  # more digits than Python turns into a number at once


@pytest.fixture
def world(session):
    return make_world(session, "江岸区")


def token_of(visitor):
    page = visitor.get("/account/privacy")
    return page.all("meta", name="csrf-token")[0]["content"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("2147483647", 2147483647), ("2147483648", None), (HUGE, None), ("²", None)],
)
def test_a_whole_number_is_one_that_a_column_holds(typed, number):
    assert whole_number(typed) == number


@pytest.mark.parametrize(
    "address",
    [
        f"/roster/changes/?page={HUGE}",
        f"/coverage/firms?by=street&key={HUGE}",
        f"/pool/year?year={HUGE}",
        "/benchmarks/specialised?honour=²",
        f"/pool/new?need={HUGE}",
    ],
)
def test_numbers_beyond_all_bounds_in_addresses_crash_nothing(as_, world, address):
    assert as_(world.accounts["officer"]).client.get(address).status_code in (200, 404)


@pytest.mark.parametrize("edition", ["", "-1", "²", "9" * 30, HUGE])
def test_an_edition_that_never_was_is_another_one(as_, world, edition):
    """The page says that somebody changed it, and shows what was typed."""
    visitor, need = as_(world.accounts["officer"]), world.rows["need_id"]
    sent = {"csrf_token": token_of(visitor), "edition": edition, "outcome": "说好的话"}
    answer = visitor.client.post(f"/needs/{need.id}/close", data=sent | {"stage": "met"})
    assert answer.status_code == (409 if edition else 422)
    assert "说好的话" in answer.get_data(as_text=True)


@pytest.mark.parametrize("typed", ["NaN", "sNaN", "-Infinity", "1e308", "1e400", HUGE])
def test_what_is_no_number_of_this_world_is_said_and_kept(as_, world, typed):
    visitor, project = as_(world.accounts["firm"]), world.rows["project_id"]
    asked = {"contract": "total", "figures/new": "baseline", f"months/{WORDS['month']}": "spent"}
    for way, field in asked.items():
        page = visitor.get(f"/retrofits/{project.id}/{way}")
        shown = visitor.send(page, 422, **{field: typed})
        assert shown.filled()[field] == typed
        assert any("number" in said or "数字" in said for said in shown.problems())
