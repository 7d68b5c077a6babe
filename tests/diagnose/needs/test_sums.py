from datetime import date

import numpy as np

from diagnose.needs.sums import WITHHELD, sum_needs
from diagnose.records import Census, Need
from diagnose.records.columns import now
from tests.diagnose.people import DISTRICT, make_firm

DAY = date(2026, 11, 23)


def census(session, firm, needs, stage="submitted", facts=None):
    row = Census(firm_id=firm.id, stage=stage, facts=facts or {})
    row.submitted_at = None if stage == "draft" else now()
    session.add(row)
    session.flush()
    for held in needs:
        ids = {"census_id": row.id, "firm_id": firm.id, "name": "需求"}
        session.add(Need.model_validate(ids | held))
    session.commit()


def by(sums, name):
    return {row.key: row for row in sums.by[name][:-1]}


def test_a_firm_counts_once_in_a_line_and_by_its_last_submitted_sheet(session):
    firm = make_firm(session, industry="3484")
    census(session, firm, [{"type": "P01", "budget": 500.0}])
    wanted = [{"type": "P04", "budget": 10.0}, {"type": "P04", "budget": 5.0}, {"type": "P14"}]
    census(session, firm, wanted)
    census(session, firm, [{"type": "P20", "budget": 900.0}], stage="draft")
    sums = sum_needs(session, DISTRICT, DAY)
    assert (sums.sheets, sums.listed) == (1, 1)
    assert (by(sums, "type")["P04"].firms, by(sums, "type")["P04"].needs) == (1, 2)
    assert (by(sums, "division")["34"].money, by(sums, "division")["34"].paying) == (15.0, 1)
    assert "P01" not in by(sums, "type")
    assert sums.by["type"][-1].firms == 1


def test_a_matched_type_outweighs_the_chosen_one_and_withdrawn_needs_do_not_count(session):
    needs = [
        {"type": "P01", "matched_type": "P04", "stage": "matched"},
        {"type": "P09", "stage": "withdrawn"},
        {"type": "P14", "stage": "unmet"},
    ]
    census(session, make_firm(session), needs)
    assert set(by(sum_needs(session, DISTRICT, DAY), "type")) == {"P04", "P14"}


def test_an_empty_district_sums_to_nothing(session):
    for published in (False, True):
        sums = sum_needs(session, DISTRICT, DAY, published=published)
        assert (sums.sheets, sums.divisions, sums.pains) == (0, (), [])


def fill(session):
    rng = np.random.default_rng(4)
    for number in range(70):
        firm = make_firm(session, industry=["3484", "1310", "2911"][number % 7 % 3])
        wanted = [{"type": "P04", "budget": float(rng.integers(5, 60))}]
        if number % 9 == 0:
            wanted.append({"type": "P14", "budget": 5.0})
        facts = {"pains": {"delivery": {"severity": "4", "loss": 3.0}}, "concerns": ["money"]}
        census(
            session, firm, wanted, facts=facts if number % 10 else facts | {"pains": {"safety": {}}}
        )


def test_published_sums_hide_small_cells_and_keep_the_others(session):
    fill(session)
    inside, outside = (sum_needs(session, DISTRICT, DAY, published=p) for p in (False, True))
    assert by(inside, "type")["P14"].firms == 8
    assert by(outside, "type")["P14"].firms is None
    assert by(outside, "type")["P14"].money is None
    for name, rows in inside.by.items():
        for row, shown in zip(rows, outside.by[name], strict=True):
            assert shown.firms in (None, row.firms)
            assert shown.money in (None, row.money)
            assert row.firms >= 10 or shown.firms is None
            assert row.paying >= 20 or shown.money is None
    assert (inside.cross >= 0).all()
    assert (outside.cross[(inside.cross > 0) & (inside.cross < 10)] == WITHHELD).all()
    assert [row[1] for row in outside.pains] == [63, None]
    assert outside.worries == [("money", 70)]


def test_a_total_of_money_is_withheld_in_every_table_if_in_one(session):
    fill(session)
    sums = sum_needs(session, DISTRICT, DAY, published=True)
    totals = {name: rows[-1].money for name, rows in sums.by.items()}
    assert len(set(totals.values())) == 1
    hidden = [name for name, rows in sums.by.items() if sum(r.money is None for r in rows) == 1]
    assert hidden == []
