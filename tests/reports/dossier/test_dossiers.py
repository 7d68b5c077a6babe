from dataclasses import replace
from datetime import date
from fractions import Fraction
from string import Formatter

import numpy as np
import pytest
from dossier_cases import (
    ANSWERS,
    BARE,
    CLOSE,
    CLOUD_BOOKS,
    DAY,
    FIRM,
    MIDDLING,
    NETWORK,
    QUESTIONNAIRE,
    STANDARD,
    TwoGroups,
    batch_of,
    builder,
    built,
    named_groups,
    roadmap_of,
    scorer,
    texts,
)

from models.scoring import Scorer
from questionnaires.text import LANGUAGES
from reports.dossier.builder import DossierBuilder


def planned(name: str) -> object:
    batch = batch_of(ANSWERS[name])
    roadmap = roadmap_of(batch, CLOUD_BOOKS, NETWORK, rivals=(CLOSE,))
    return built(name, roadmap=roadmap)


@pytest.mark.parametrize("name", ANSWERS)
def test_every_text_is_whole_in_both_languages(name: str) -> None:
    batch = batch_of(ANSWERS[name])
    for dossier in (
        built(name),
        built(name, firm=BARE),
        built(name, copies=12),
        built(name, roadmap=roadmap_of(batch)),
        planned(name),
    ):
        for text in texts(dossier):
            for language in LANGUAGES:
                said = text.to(language)
                left = {field for _, field, _, _ in Formatter().parse(said) if field is not None}
                assert not left, said
                assert "Text(" not in said
                assert "nan" not in said.split()
            assert bool(text.zh) == bool(text.en)


@pytest.mark.parametrize("name", ANSWERS)
def test_the_same_findings_give_the_same_dossier(name: str) -> None:
    assert built(name) == built(name)
    assert planned(name) == planned(name)


@pytest.mark.parametrize("name", ANSWERS)
def test_figures_are_those_of_the_scores(name: str) -> None:
    batch, dossier = batch_of(ANSWERS[name]), built(name)
    result, scores = dossier.result, batch.scores
    assert result.score == scores.score[0]
    assert [part.points for part in result.parts] == scores.parts[0].tolist()
    assert sum(row.points for row in result.items) == pytest.approx(scores.score[0])
    assert result.level == scores.level[0]
    assert (dossier.basis.answered, dossier.basis.of) == (scores.answered[0], 31)
    assert result.could_add == scores.could_add[0]
    for row in result.ladder:
        levels = [cell.level or 0 for cell in result.scenes]
        assert row.scenes == sum(level >= row.number for level in levels)
        assert row.binding == sum(
            cell.binding and (cell.level or 0) >= row.number for cell in result.scenes
        )
        assert row.reached == (row.number <= scores.level[0])


@pytest.mark.parametrize("name", ANSWERS)
def test_no_section_is_empty(name: str) -> None:
    dossier = built(name)
    for lead in (
        dossier.result.lead,
        dossier.peers.lead,
        dossier.gaps.lead,
        dossier.problems.lead,
        dossier.plan.lead,
        dossier.investment.lead,
    ):
        assert all(text.zh and text.en for text in lead)
        assert lead
    assert dossier.actions.actions
    assert dossier.summary.problems or dossier.summary.no_problems
    assert dossier.summary.projects or dossier.summary.no_projects


def test_a_report_says_that_nothing_was_verified_on_site() -> None:
    dossier = built("middling")
    assert "没有进厂核实" in dossier.basis.lead[0].zh
    assert "没有进厂核实" in dossier.summary.caution.zh
    assert "not verified" in dossier.cover.basis.en


def test_a_firm_without_answers_is_told_so_and_nothing_else() -> None:
    dossier = built("empty", firm=BARE)
    assert "不能对数字化水平下结论" in dossier.summary.headline.zh
    assert not dossier.problems.groups
    assert not dossier.gaps.ways
    assert not dossier.peers.ranks
    assert "31 题" in dossier.estimates.unknown[0].what.zh


def test_a_sparse_sheet_is_told_as_a_lower_bound() -> None:
    dossier = built("sparse")
    assert "下限" in dossier.summary.headline.zh
    assert not dossier.gaps.ways
    assert dossier.gaps.ways_note is not None


def test_the_top_level_has_no_gaps_but_room() -> None:
    dossier = built("top")
    assert dossier.result.level == 4
    assert dossier.gaps.target is None
    assert dossier.gaps.needs == ()
    assert {p.level for g in dossier.problems.groups for p in g.problems if p.kind == "scene"} == {
        3
    }
    assert "最高等级" in dossier.summary.headline.zh


def test_peers_are_hidden_below_ten_others_and_shown_from_there() -> None:
    hidden, shown = built("middling", copies=10).peers, built("middling", copies=11).peers
    assert hidden.ranks == ()
    assert hidden.others == 0
    assert "不足 10 家" in hidden.lead[-1].zh
    assert shown.others == 10
    assert [row.id for row in shown.ranks] == ["score", "foundation", "management", "results"]


def test_without_groups_the_radar_is_drawn_against_the_nearest_firms() -> None:
    few, many = built("middling", copies=10), built("middling", copies=11)
    assert {axis.peers for axis in few.result.axes} == {None}
    assert few.result.axes_peers is None
    own = [axis.own for axis in many.result.axes]
    assert [axis.peers for axis in many.result.axes] == pytest.approx(own)
    assert many.result.axes_peers is not None
    assert "最相近的 10 家" in many.result.axes_peers.zh
    assert any("10 家企业的均值" in text.zh for text in many.peers.lead)


def test_a_firm_between_two_groups_is_told_of_both() -> None:
    batch = batch_of(ANSWERS["middling"], grouped=True, copies=12)
    dossier = DossierBuilder(scorer(), None, TwoGroups(True, *named_groups())).build(batch, 0, DAY)
    peers = dossier.peers
    assert peers.group is not None
    assert peers.group.zh == "起步型"
    assert peers.second is not None
    assert any("介于“起步型”与“成长型”之间" in text.zh for text in peers.lead)
    assert [(row.weight, row.text.zh) for row in peers.reasons] == [
        (1.5, f"“{STANDARD.features[0].title.zh}”更接近“起步型”"),
        (-0.5, "“整体水平”更接近“成长型”"),
    ]
    assert all(axis.peers == 0.5 for axis in dossier.result.axes)


def test_counts_decide_and_a_contradicting_share_is_flagged() -> None:
    dossier = built("weak")
    row = next(row for row in dossier.result.items if row.question == "equipment_digital_rate")
    assert row.answer.zh == "10% 以上到 20%"
    assert row.points == 1.5
    assert [flag.id for flag in dossier.basis.flags] == ["rate"]


def test_a_size_is_called_an_estimate_where_there_is_one() -> None:
    for firm, estimated in ((FIRM, True), (BARE, False)):
        rows = built("weak", firm=firm).estimates.estimated
        assert any(row.what.en == "Size class" for row in rows) == estimated


def test_a_contradicting_share_alone_casts_no_doubt_on_the_answers() -> None:
    flagged, clean = built("weak"), built("sparse")
    assert flagged.basis.flags
    assert not clean.basis.flags
    assert flagged.summary.caution == clean.summary.caution


def test_a_part_above_its_whole_is_flagged_as_such() -> None:
    answers = {**MIDDLING, "equipment_digital": 41, "equipment_digital_rate": "e"}
    (flag,) = builder().build(batch_of(answers), 0, DAY).basis.flags
    assert "more equipment than there is in all" in flag.text.en
    assert "设备数字化" in flag.text.zh


@pytest.mark.parametrize(
    ("rank", "said"), [(0, "处于最低的一段"), (50, "50"), (100, "处于最高的一段")]
)
def test_the_summary_tells_a_rank_in_words(rank: float, said: str) -> None:
    batch = batch_of(ANSWERS["weak"], copies=12)
    assert batch.standing is not None
    ranks = np.full_like(batch.standing.rank, rank)
    batch = replace(batch, standing=replace(batch.standing, rank=ranks))
    assert said in builder().build(batch, 0, DAY).summary.standing.zh


def test_a_wider_circle_is_told_as_such() -> None:
    for firm, widened in ((FIRM, False), (BARE, True)):
        lead = built("weak", firm=firm, copies=12).peers.lead
        assert any("放宽" in text.zh for text in lead) == widened


def test_a_score_met_exactly_is_met_whatever_its_float() -> None:
    least = Fraction("0.7")  # the float of which lies below it
    levels = (replace(STANDARD.levels[0], score=least, scenes=0, binding=0), *STANDARD.levels[1:])
    judge = Scorer(replace(STANDARD, levels=levels), QUESTIONNAIRE)
    batch = batch_of({"data_collection": ["finance"]})
    batch = replace(batch, scores=judge.score(batch.sheets))
    first = DossierBuilder(judge).build(batch, 0, DAY).result.ladder[0]
    assert first.reached
    assert first.score_met


def test_what_the_firm_typed_is_kept_as_typed() -> None:
    dossier = built("weak")
    assert dossier.cover.firm == "江岸<b>精密</b>&机械有限公司"
    assert any("<每张>" in text.zh for text in dossier.profile.remarks)


def test_a_fictional_report_is_stamped() -> None:
    batch = batch_of(ANSWERS["weak"])
    stamped = DossierBuilder(scorer(), None, fictional=True).build(batch, 0, DAY)
    assert stamped.cover.stamp is not None
    assert builder().build(batch, 0, DAY).cover.stamp is None


def test_the_report_bears_its_date_and_number() -> None:
    cover = builder().build(batch_of(ANSWERS["weak"]), 0, date(2027, 1, 2)).cover
    assert cover.date == date(2027, 1, 2)
    assert cover.number == "20270102-M000100Y43"


def test_every_number_of_the_method_has_a_source_and_a_mark() -> None:
    method = built("weak").method
    known = {mark.zh for mark, _ in method.marks}
    assert {row.mark.zh for row in method.rows} <= known
    assert all(row.source.zh and row.source.en for row in method.rows)
    points = [row for row in method.rows if "的分值" in row.what.zh]
    assert len(points) == 15
    assert {row.mark.zh for row in points} == {"转引未核"}
