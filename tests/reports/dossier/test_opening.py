"""The open edition: what it leaves out wherever it stood, and what it keeps."""

from dataclasses import fields, is_dataclass, replace

import pytest

from models.roadmap import Planner, load_catalogue
from questionnaires.text import LANGUAGES, Text
from reports.dossier.opening import open_edition
from reports.dossier.visited import Check, Consulted, FindingRecord, Visited
from reports.html import render as render_html
from reports.pdf import render as render_pdf
from tests.reports.dossier.dossier_cases import DAY, MIDDLING, QUESTIONNAIRE, batch_of, builder
from tests.reports.dossier.dossier_cases import scorer as make_scorer

SENSITIVE = [question for question in QUESTIONNAIRE.questions if question.sensitive]
SECRET = "机床网段口令为出厂口令"
HARMLESS = "派工靠纸质单据"


def texts_of(value):
    """Every text and every typed word of a dossier, wherever it stands."""
    if isinstance(value, Text):
        yield from (value.zh, value.en)
    elif isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from texts_of(each)


def finding(fact, projects, *, security, evidence, questions=()):
    said = f"{fact}：后果"
    return FindingRecord(
        "", fact, evidence, "safety", said, "system", said, 3, security, questions, projects
    )


@pytest.fixture(scope="module", params=["none", "some"])
def full(request):
    """A report with security weaknesses; the firm ticked nothing on security, or one of each."""
    ticked = {q.id: ["none"] if request.param == "none" else ["b"] for q in SENSITIVE}
    batch = batch_of({**MIDDLING, **ticked})
    planner = Planner(make_scorer(), load_catalogue())
    roadmap = planner.plan(batch.sheets, 0)
    ids = [project.id for project in roadmap.projects]
    rests = {r.question for p in roadmap.projects for r in p.raises} | {
        question for project in roadmap.projects for question in project.because
    }
    assert rests & {q.id for q in SENSITIVE} or request.param == "some"
    consulted = {
        id_: Consulted(id_, id_, "", SECRET if id_ == ids[0] else "", (), 4, "", 1.0, 2.0, 3.0)
        for id_ in ids
    }
    consulted[ids[0]] = replace(consulted[ids[0]], acceptance=(SECRET,), override=SECRET)
    asked = SENSITIVE[0].id
    visited = Visited(
        number="BG2026-000001", version=1, code="AAAA-BBBB-CCCC", provider="诊断中心", lead="李明",
        own=batch.sheets,
        checks={asked: Check(True, SECRET, "A-1"), "planning": Check(False, "", "A-4")},
        findings=(
            finding(HARMLESS, (ids[-1],), security=False, evidence="照片 A-4"),
            finding(SECRET, (ids[0],), security=True, evidence="截图 A-2"),
            finding(SECRET, (), security=False, evidence="", questions=(asked,)),
        ),
        projects=consulted,
        evidence=(
            ("A-1", f"{SECRET}.jpg", ""),
            ("A-2", f"{SECRET}.jpg", ""),
            ("A-3", f"{SECRET}.jpg", asked),
            ("A-4", "派工单.jpg", "planning"),
        ),
    )  # fmt: skip
    return builder().build(replace(batch, roadmaps=[roadmap], visited=visited), 0, DAY)


@pytest.fixture(scope="module")
def opened(full):
    return open_edition(full, make_scorer())


def test_no_text_of_a_security_finding_and_no_evidence_of_one_is_left(full, opened):
    assert any(SECRET in text for text in texts_of(full))
    assert not [text for text in texts_of(opened) if SECRET in text]
    assert [card.fact for card in opened.visit.findings] == [HARMLESS]
    assert [each.id for each in opened.visit.evidence] == ["A-4"]


def test_no_option_of_a_sensitive_question_is_quoted(full, opened):
    labels = [label for q in SENSITIVE for o in q.options for label in (o.label.zh, o.label.en)]
    labels = [label for label in labels if len(label) > len("None of these")]
    quoted = [text for text in texts_of(full) if any(label in text for label in labels)]
    assert quoted
    assert not [text for text in texts_of(opened) if any(label in text for label in labels)]


def test_what_would_give_a_sensitive_answer_away_is_left_out(opened):
    asked = {question.id for question in SENSITIVE}
    assert not asked & {item.question for item in opened.result.items}
    assert not asked & {q for g in opened.problems.groups for p in g.problems for q in p.questions}
    assert "security" not in {axis.id for axis in opened.result.axes}
    rows = [row for section in opened.answers for row in section.rows if row.question in asked]
    assert {(row.points, row.full, row.answer.zh) for row in rows} == {(None, None, "—")}
    assert not [fact for fact in opened.basis.versions if "SHA-256" in fact.label.en]


def test_the_rest_stays_as_it_was(full, opened):
    assert (opened.result.score, opened.result.level) == (full.result.score, full.result.level)
    assert opened.result.parts == full.result.parts
    assert [card.name for card in opened.plan.cards] == [card.name for card in full.plan.cards]
    assert opened.investment == full.investment
    assert len(opened.answers) == len(full.answers)


def test_it_says_for_whom_it_is_but_not_whether_there_was_anything(full, opened):
    clean = replace(full, visit=replace(full.visit, findings=full.visit.findings[:1]))
    assert open_edition(clean, make_scorer()).visit.findings == opened.visit.findings
    assert open_edition(clean, make_scorer()).visit.findings_lead == opened.visit.findings_lead
    assert "企业和服务机构" in opened.visit.findings_lead[-1].zh
    assert "企业和服务机构" in opened.cover.handling.zh


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_prints(opened, language):
    assert SECRET not in render_html(opened, language)
    assert render_pdf(opened, language).startswith(b"%PDF")
