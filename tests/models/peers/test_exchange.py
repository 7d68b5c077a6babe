import copy
import json

import numpy as np
import pytest

from models.peers import Grouping, GroupsInvalid


@pytest.fixture
def content(grouping):
    return copy.deepcopy(grouping.to_json())


def test_a_grouping_comes_back_exactly(pool, grouping, membership):
    again = Grouping.from_json(json.loads(json.dumps(grouping.to_json())))
    assert again.to_json() == grouping.to_json()
    assert again.groups == grouping.groups
    assert again.why == grouping.why
    theirs = again.assign(pool.traits, pool.quality)
    for name, column in vars(membership).items():
        np.testing.assert_array_equal(getattr(theirs, name), column)


def test_the_honest_answer_travels_too(pool_of):
    none = pool_of(120, 5).fit()
    assert Grouping.from_json(json.loads(json.dumps(none.to_json()))) == none


def test_the_file_holds_no_firm(pool, grouping):
    written = json.dumps(grouping.to_json(), ensure_ascii=False)
    firms = pool.district.sheets.firms
    assert not any(
        code in written or name in written
        for code, name in zip(firms.uscc, firms.name, strict=True)
    )


def spoil(path, value):
    def change(content):
        *way, last = path
        place = content
        for step in way:
            place = place[step]
        if value is ...:
            del place[last]
        else:
            place[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (spoil(["format"], "groups/9"), "format"),
        (spoil(["model"], None), "found"),
        (spoil(["groups"], ...), "groups"),
        (spoil(["extra"], 1), "extra"),
        (spoil(["model", "weights", 0], float("nan")), "model.weights.0"),
        (spoil(["model", "means", 0, 0], "1.0"), "model.means.0.0"),
        (spoil(["model", "means", 0, 0], float("inf")), "model.means.0.0"),
        (spoil(["model", "weights", 0], 0.9), "weights"),
        (spoil(["model", "scale", 0], 0.0), "model.scale.0"),
        (spoil(["model", "usual"], [[0.0]]), "usual"),
        (spoil(["model", "means", 0], [1.0]), "means"),
        (spoil(["model", "knots", 0], 99.0), "knots"),
        (spoil(["model", "covariance", 0, 0], -1.0), "covariance"),
        (spoil(["features"], ["a", "b"]), "center"),
        (spoil(["groups", 0, "size"], -1), "groups.0.size"),
    ],
)
def test_a_bad_file_is_refused_with_the_place(content, change, said):
    change(content)
    with pytest.raises(GroupsInvalid, match=said) as caught:
        Grouping.from_json(content)
    assert caught.value.message.zh.startswith("不是可用的分组文件")


@pytest.mark.parametrize("content", [None, [], "groups", 3, {}])
def test_what_is_no_grouping_at_all_is_refused(content):
    with pytest.raises(GroupsInvalid):
        Grouping.from_json(content)


def test_groups_of_other_features_do_not_fit(pool, content):
    content["features"] = [f"other_{at}" for at in range(len(content["features"]))]
    other = Grouping.from_json(content)
    with pytest.raises(GroupsInvalid, match="other features"):
        other.assign(pool.traits, pool.quality)
