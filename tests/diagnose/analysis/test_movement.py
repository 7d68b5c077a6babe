from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from diagnose.analysis.groups import Grouped, Ungrouped, group_district
from diagnose.analysis.levels import moved, movement
from diagnose.analysis.reading import read_assessed
from diagnose.demonstration.earlier import keep_earlier_sheets
from diagnose.demonstration.scene import Scene
from diagnose.fictional import district
from diagnose.pool import read_pool
from diagnose.reading import judge
from diagnose.records import Basis, Firm, connect, upgrade
from diagnose.records.columns import now
from questionnaires.clock import today
from tests.diagnose.imported import import_district

NAME = "示例区"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = connect(f"sqlite:///{tmp_path_factory.mktemp('two') / 'years.sqlite3'}")
    upgrade(engine)
    with Session(engine) as session:
        import_district(session, district(160, 3).sheets, NAME)
        scene = Scene(session, None, None, None, today(), np.random.default_rng(1))
        year_before = now() - timedelta(days=365)
        some = session.exec(select(Firm.id).order_by(col(Firm.id)).limit(64)).all()
        keep_earlier_sheets(scene, dict.fromkeys(some, year_before))
        session.commit()
    yield engine
    engine.dispose()


pairs = st.lists(st.tuples(st.integers(-1, 4), st.integers(-1, 4)))


@given(pairs)
def test_every_firm_known_in_both_years_stands_in_the_matrix_once(given):
    found = moved(np.array(given, int).reshape(-1, 2), 2025, 2026, 5, len(given))
    known = [(a, b) for a, b in given if a >= 0 and b >= 0]
    assert found.n == found.matrix.sum() == found.up + found.same + found.down == len(known)
    assert found.up == sum(b > a for a, b in known)
    assert found.down == sum(b < a for a, b in known)


def test_a_year_holds_the_last_sheet_of_each_firm(session):
    held = read_assessed(session, NAME)
    after, before = held.years
    assert after == before + 1
    assert len(held.of_year(after)) == 160
    assert 40 < len(held.of_year(before)) < 90
    assert len(set(held.of_year(after).firm.tolist())) == 160
    assert held.versions == "sme-2024 1.0.0"
    assert read_assessed(session, "无此区").years == ()


def test_levels_moved_mostly_up_and_all_by_the_same_firms(session):
    held = read_assessed(session, NAME)
    found = movement(held, Basis.SELF, held.years[1], held.years[0])
    assert found.n == len(held.of_year(held.years[1]))
    assert found.of == 160
    assert found.up > found.down
    assert movement(held, Basis.VERIFIED, held.years[1], held.years[0]).n == 0


def test_the_pool_holds_the_later_sheet_though_the_earlier_one_came_in_last(session):
    pool = read_pool(session, fictional=True, fit=False)
    assert len(pool.sheets) == pool.count == 160
    scores = np.sort(judge().scorer.score(pool.sheets).score)
    held = read_assessed(session, NAME)
    assert scores == pytest.approx(np.sort(held.of_year(held.years[0]).scores(Basis.SELF)))


def test_one_frozen_model_places_both_years(session):
    held = read_assessed(session, NAME)
    model = judge().fit_groups(district(600, 3).sheets)
    found = group_district(session, held, model, held.years[1], held.years[0])
    assert isinstance(found, Grouped)
    assert [group.id for group in found.groups] == [group.id for group in model.groups]
    assert found.counts[-1].sum() + found.unplaced[-1] == 160
    assert found.moved.n <= len(held.of_year(held.years[1]))
    assert found.moved.same > 0.7 * found.moved.n
    alone = group_district(session, held, model, None, held.years[0])
    assert alone.moved is None


def test_without_a_model_firms_are_told_apart_by_size_and_industry(session):
    held = read_assessed(session, NAME)
    model = judge().fit_groups(district(60, 3).sheets)
    found = group_district(session, held, model, held.years[1], held.years[0])
    assert isinstance(found, Ungrouped)
    assert "150" in found.why.zh
    assert sum(n for _size, _division, n, _mean in found.cells) == 160
    assert all((mean is None) == (n < 5) for _size, _division, n, mean in found.cells)
