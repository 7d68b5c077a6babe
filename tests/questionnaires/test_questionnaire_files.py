"""A questionnaire comes out of its file whole, unchangeable, and with a hash of its content."""

import dataclasses
import re

import pytest
from sheet_factory import EXAMPLES, example

import questionnaires
from questionnaires.conditions import All, AnyOf, AtLeast, Is, Not
from questionnaires.errors import QuestionnaireInvalid, QuestionnaireUnknown
from questionnaires.hashing import content_hash
from questionnaires.model import Option, Question, Section
from questionnaires.text import Text

FILE = EXAMPLES / "questionnaires" / "whole-format.yaml"


def test_every_key_of_the_format_is_read():
    whole = example("whole-format")
    assert (whole.id, whole.version, whole.source) == (
        "whole-format",
        "2.10.3",
        "Made for the tests",
    )
    assert whole.about == Text("每个键出现一次。", "Every key once.")
    first, second = whole.sections
    assert first == Section(
        id="first",
        title=Text("第一节", "First"),
        intro=Text("请先填写本节。", "Fill this in first."),
        questions=first.questions,
    )
    assert whole["network"] == Question(
        id="network",
        kind="multi",
        label=Text("网络覆盖", "Network"),
        help=Text("可多选。", "Choose all that apply."),
        evidence=Text("拓扑图", "A network map"),
        sensitive=True,
        options=(
            Option("none", Text("无", "None"), excludes=True),
            Option("a", Text("办公网", "Office"), help=Text("含无线", "With wireless")),
        ),
    )
    machines = whole["machines"]
    assert (machines.minimum, machines.maximum) == (0, 100)
    assert machines.unit == Text("台", "pieces")
    assert machines.when == Is("network", ("a",))
    assert second.questions == (
        Question(
            id="remark",
            kind="text",
            label=Text("备注", "Remark"),
            length=500,
            required=False,
            may_not_apply=True,
        ),
    )


def test_conditions_of_every_form():
    routing = example("routing")
    assert routing["machines"].when == Is("connected", ("yes",))
    assert routing["protocols"].when == AtLeast("machines", 10)
    assert routing["gateway"].when == All(
        (Is("protocols", ("opc", "mqtt")), Not(AtLeast("machines", 100)))
    )
    assert routing["reason"].when == AnyOf((Is("connected", ("no",)), Is("protocols", ("none",))))


def test_a_loaded_questionnaire_cannot_be_changed():
    whole = example("whole-format")
    with pytest.raises(dataclasses.FrozenInstanceError):
        whole.version = "3.0.0"
    with pytest.raises(dataclasses.FrozenInstanceError):
        whole["network"].kind = "single"
    with pytest.raises(TypeError):
        whole.index["other"] = 3
    hash(whole)  # only what is immutable all the way down can be hashed


def test_the_hash_stands_for_content_and_not_for_layout(tmp_path):
    text = FILE.read_text("utf-8")
    known = example("whole-format").hash
    assert re.fullmatch("[0-9a-f]{64}", known)
    changed = tmp_path / "changed.yaml"
    changed.write_text("# another comment\n" + text.replace("min: 0\n", "min: 0.0\n\n"), "utf-8")
    assert questionnaires.read_questionnaire(changed).hash == known
    for old, new in [("max: 100", "max: 101"), ("含无线", "不含无线"), ("[a]", "[none]")]:
        assert old in text
        changed.write_text(text.replace(old, new), "utf-8")
        assert questionnaires.read_questionnaire(changed).hash != known


def test_the_hash_stays_from_release_to_release():
    known = "ff99e39d78060221c16d085ff5eff815f8521d0b70f54c68b0f91e34b353a5e4"
    assert example("whole-format").hash == known


def test_a_field_that_comes_later_leaves_the_hash_alone():
    grown = dataclasses.make_dataclass("Option", [("tint", str, "")], bases=(Option,), frozen=True)
    before = Option("a", Text("甲", "A"))
    assert content_hash(grown("a", Text("甲", "A"))) == content_hash(before)
    assert content_hash(grown("a", Text("甲", "A"), tint="red")) != content_hash(before)


def test_the_hash_does_not_count_itself():
    whole = example("whole-format")
    assert content_hash(dataclasses.replace(whole, hash="x")) == whole.hash


def test_the_library_is_sound_and_read_once():
    assert "sme-2024" in questionnaires.library()
    for name in questionnaires.library():
        assert questionnaires.load(name).id == name
        assert questionnaires.load(name) is questionnaires.load(name)


def test_an_unknown_id_names_the_near_one():
    with pytest.raises(QuestionnaireUnknown, match="sme-2024") as caught:
        questionnaires.load("sme2024")
    assert "sme-2024" in caught.value.message.zh
    with pytest.raises(QuestionnaireUnknown):
        questionnaires.load("../library/sme-2024")


def test_a_faulty_file_is_refused_with_its_findings():
    with pytest.raises(QuestionnaireInvalid, match="Q016") as caught:
        questionnaires.read_questionnaire(EXAMPLES / "questionnaires" / "bad" / "Q016.yaml")
    assert [found.code for found in caught.value.findings] == ["Q016"]
