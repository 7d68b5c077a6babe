import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnose.needs.fields import census_form, read_form
from diagnose.needs.matching import candidates, project_name, solutions
from diagnose.needs.prefilling import known_from, settled, unsettled
from diagnose.needs.states import CensusState, state_of
from diagnose.reading import standard
from diagnose.records import Census, NeedEntry
from models.roadmap import load_catalogue


def test_the_form_speaks_of_scenes_and_questions_that_exist():
    form, scenes = census_form(), {scene.question for scene in standard().scenes}
    pains = next(field for field in form.fields if field.id == "pains")
    assert set(form.scenes) == set(pains.options)
    assert set(form.scenes.values()) <= scenes
    assert len(form.blocks) == 7
    names = {field.id for field in form.fields}
    assert all(field.within in names for field in form.fields if field.within)


def test_an_unknown_kind_is_refused():
    text = "{version: 1, scenes: {}, lists: {}, blocks: [{id: a, title: t, fields: [%s]}]}"
    with pytest.raises(ValueError, match="no such kind"):
        read_form(text % "{id: x, kind: colour, label: y}")


def test_every_project_type_has_words_and_at_least_three_neutral_ways():
    found = solutions()
    assert set(found.ways) == set(load_catalogue().index)
    for project, ways in found.ways.items():
        assert len(set(ways)) >= 3, project
        assert set(ways) <= set(found.types)
        assert found.words[project]
        assert len(found.of(project)) == len(ways)


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("想上 ERP，业财对不上", "P06"),
        ("仓库账实不符，盘点要停两天", "P14"),
        ("焊接机器人", "P20"),
        ("Scheduling is done by hand", "P13"),
        ("机床联网，看稼动率", "P03"),
    ],
)
def test_words_lead_to_the_type(name, type_):
    assert candidates(NeedEntry(name=name))[0].type == type_


def test_latin_words_count_only_by_themselves():
    assert not candidates(NeedEntry(name="improve moaning"))


def test_the_firm_s_own_choice_outweighs_words_and_scene():
    need = NeedEntry(name="想上MES看清进度", type="P14", scene="scene_production")
    best, second, *_ = candidates(need)
    assert best.type == "P14"
    assert [reason.zh for reason in best.reasons] == ["企业自己选了这一类"]
    assert "能提升“生产管控”场景" in [reason.zh for reason in second.reasons]


def test_a_type_the_catalogue_lost_stands_for_itself():
    assert project_name("P99").zh == "P99"


def test_answers_fill_fields_in_and_unknown_ones_do_not():
    known = known_from(
        {
            "equipment_total": 80,
            "it_staff": {"state": "unknown"},
            "digital_spend_last": 30.0,
            "digital_spend_earlier": 12.5,
            "software": ["none"],
            "pains": ["delivery", "stock"],
            "cloud": False,
            "wish": "看清进度",
        }
    )
    assert known.values == {
        "equipment_total": 80,
        "spend_three_years": 42.5,
        "systems": [],
        "pains": ["delivery", "stock"],
        "cloud": False,
    }
    assert known.hints == {"wish": "看清进度"}


rows = st.dictionaries(
    st.sampled_from(["delivery", "stock", "energy"]),
    st.fixed_dictionaries({"severity": st.sampled_from(["1", "5"]), "loss": st.floats(0, 9)}),
)


@given(
    st.dictionaries(st.sampled_from(["key_processes", "concerns_note"]), st.integers(0, 9)),
    rows,
    st.lists(st.sampled_from(["delivery", "stock"]), unique=True),
)
def test_reopening_gives_back_what_the_firm_itself_gave(facts, table, ticked):
    own = facts | ({"pains": table} if table else {})
    known = known_from({"equipment_total": 5, "pains": ticked or ["none"]}, 1)
    frozen = settled(own, known)
    assert set(frozen["pains"]) == set(table) | set(ticked)
    assert unsettled(frozen | {"no_needs": False}) == own


def test_a_sheet_is_matched_when_no_need_is_open_and_closed_when_all_are_settled():
    checked = Census(firm_id=1, stage="checked")
    assert state_of(None, ()) == CensusState.NONE
    assert state_of(checked, ()) == CensusState.CHECKED
    assert state_of(checked, ["open", "met"]) == CensusState.CHECKED
    assert state_of(checked, ["matched", "met"]) == CensusState.MATCHED
    assert state_of(checked, ["met", "withdrawn"]) == CensusState.CLOSED
    assert state_of(Census(firm_id=1, stage="submitted"), ["met"]) == CensusState.SUBMITTED
